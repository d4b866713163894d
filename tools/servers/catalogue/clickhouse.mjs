import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** ClickHouse over HTTP, user `default` without a password. */
export const clickhouse = {
  name: 'clickhouse',
  packages: ['clickhouse-server'],
  binary: 'clickhouse-server',
  async configure({ folder, freePort }) {
    const [http, tcp] = [await freePort(), await freePort()];
    const path = join(folder, 'config.xml');
    for (const name of ['data', 'tmp']) mkdirSync(join(folder, name));
    writeFileSync(
      join(folder, 'users.xml'),
      `<yandex><profiles><default><date_time_input_format>best_effort</date_time_input_format></default></profiles>
<users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
<quotas><default></default></quotas></yandex>
`,
    );
    writeFileSync(
      path,
      `<yandex><logger><level>warning</level><console>1</console></logger>
<http_port>${http}</http_port><tcp_port>${tcp}</tcp_port><listen_host>127.0.0.1</listen_host>
<path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path><mark_cache_size>5368709120</mark_cache_size>
<users_config>${folder}/users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database></yandex>
`,
    );
    return { command: ['clickhouse-server', `--config-file=${path}`], ports: [http], facts: { http } };
  },
};
