import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An HTTP proxy with CONNECT to any port, for the user `bot` with the password `hunter2`; `out` is its log. */
export const tinyproxy = {
  name: 'tinyproxy',
  packages: ['tinyproxy', 'openssl'],
  binary: 'tinyproxy',
  async configure({ folder, tls, freePort }) {
    const port = await freePort();
    const out = join(folder, 'proxy.log');
    const path = join(folder, 'tinyproxy.conf');
    writeFileSync(
      path,
      `Port ${port}
Listen 127.0.0.1
Timeout 60
MaxClients 20
LogFile "${out}"
LogLevel Connect
PidFile "${folder}/pid"
BasicAuth bot hunter2
`,
    );
    return {
      command: ['tinyproxy', '-d', '-c', path],
      ports: [port],
      facts: { port, out, password: 'hunter2', tls },
    };
  },
};
