import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** RabbitMQ with AMQP and AMQP over TLS, user `guest`; its Erlang port mapper is its own, and ends with it. */
export const rabbitmq = {
  name: 'rabbitmq',
  packages: ['rabbitmq-server', 'openssl'],
  binary: 'rabbitmq-server',
  async configure({ folder, tls, freePort }) {
    const [plain, secure, dist, epmd] = [await freePort(), await freePort(), await freePort(), await freePort()];
    const home = join(folder, 'home');
    for (const path of [home, join(folder, 'log'), join(folder, 'data')]) mkdirSync(path);
    // Debian's script drops to a user of its own when it is started by root.
    for (const path of [folder, home, join(folder, 'log'), join(folder, 'data')]) chmodSync(path, 0o777);
    chmodSync(tls.key, 0o644);
    writeFileSync(
      join(folder, 'rabbitmq.conf'),
      `listeners.tcp.1 = 127.0.0.1:${plain}
listeners.ssl.1 = 127.0.0.1:${secure}
ssl_options.cacertfile = ${tls.ca}
ssl_options.certfile = ${tls.cert}
ssl_options.keyfile = ${tls.key}
ssl_options.versions.1 = tlsv1.2
log.console = true
`,
    );
    writeFileSync(join(folder, 'plugins'), '[].\n');
    const env = {
      HOME: home,
      RABBITMQ_NODENAME: `mxl${plain}@localhost`,
      RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
      RABBITMQ_MNESIA_BASE: join(folder, 'data'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_DIST_PORT: String(dist),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
      ERL_EPMD_ADDRESS: '127.0.0.1',
      ERL_EPMD_PORT: String(epmd),
    };
    return {
      command: ['/usr/lib/rabbitmq/bin/rabbitmq-server'],
      env,
      ports: [plain, secure],
      facts: { plain, secure, tls },
      afterwards: () => spawnSync('epmd', ['-port', String(epmd), '-kill']),
    };
  },
};
