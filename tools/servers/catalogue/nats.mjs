import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** NATS with JetStream, over TLS with a client certificate and a token. */
export const nats = {
  name: 'nats',
  packages: ['nats-server', 'openssl'],
  binary: 'nats-server',
  async configure({ folder, tls, freePort }) {
    const port = await freePort();
    const path = join(folder, 'nats.conf');
    writeFileSync(
      path,
      `listen: "127.0.0.1:${port}"
jetstream { store_dir: "${folder}/store" }
tls { cert_file: "${tls.cert}", key_file: "${tls.key}", ca_file: "${tls.ca}", verify: true }
authorization { token: "hunter2" }
`,
    );
    return { command: ['nats-server', '-c', path], ports: [port], facts: { port, token: 'hunter2', tls } };
  },
};
