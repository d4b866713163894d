import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate authority in a folder; `issue` gives what a TLS server needs. */
export function createAuthority(folder) {
  mkdirSync(folder, { recursive: true });
  const openssl = (...words) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
  writeFileSync(join(folder, 'index.txt'), '');
  writeFileSync(
    join(folder, 'ca.cnf'),
    `[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\nrand_serial=yes\nnew_certs_dir=.\ncertificate=ca.pem\nprivate_key=ca.key\ndefault_md=sha256\npolicy=any\nunique_subject=no\n[any]\ncommonName=supplied\n`,
  );
  openssl('req', '-x509', ...EC_KEY, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=authority');
  return {
    ca: join(folder, 'ca.pem'),
    issue({ names = 'DNS:localhost,IP:127.0.0.1', expired = false } = {}) {
      openssl('req', ...EC_KEY, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=server');
      writeFileSync(join(folder, 'ext.cnf'), `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`);
      const until = expired ? ['-startdate', '20200101000000Z', '-enddate', '20210101000000Z'] : ['-days', '2'];
      const files = ['-in', 'server.csr', '-out', 'server.pem', '-extfile', 'ext.cnf'];
      openssl('ca', '-batch', '-notext', '-config', 'ca.cnf', ...until, ...files);
      const read = (name) => readFileSync(join(folder, name), 'utf8');
      return { cert: read('server.pem'), key: read('server.key') };
    },
  };
}
