import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether certificates can be made here. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

interface IssueOptions {
  /** @default 'DNS:localhost,IP:127.0.0.1' */
  names?: string;
  usage?: 'serverAuth' | 'clientAuth';
  /** `YYYYMMDDhhmmssZ` */
  notAfter?: string;
}

export interface Issued {
  readonly cert: string;
  readonly key: string;
  readonly certPath: string;
  readonly keyPath: string;
}

/** A certificate authority of a test, in a folder of its own. */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), 'authority-'));
  readonly caPath = join(this.folder, 'ca.pem');

  constructor(name = 'test') {
    const subject = `/CN=${name} authority`;
    writeFileSync(this.#path('ca.cnf'), CA_CONFIG(this.folder));
    writeFileSync(this.#path('index.txt'), '');
    writeFileSync(this.#path('serial'), '01\n');
    this.#run('req', '-x509', ...EC_KEY, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30', '-subj', subject);
  }

  get ca(): string {
    return readFileSync(this.caPath, 'utf8');
  }

  issue(name: string, options: IssueOptions = {}): Issued {
    const { names = 'DNS:localhost,IP:127.0.0.1', usage = 'serverAuth', notAfter } = options;
    this.#run('req', ...EC_KEY, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    writeFileSync(this.#path('ext.cnf'), `subjectAltName=${names}\nextendedKeyUsage=${usage}\n`);
    const until = notAfter === undefined ? ['-days', '10'] : ['-startdate', '20200101000000Z', '-enddate', notAfter];
    const files = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-extfile', 'ext.cnf'];
    this.#run('ca', '-batch', '-notext', '-config', 'ca.cnf', ...until, ...files);
    const [certPath, keyPath] = [this.#path(`${name}.pem`), this.#path(`${name}.key`)];
    return { cert: readFileSync(certPath, 'utf8'), key: readFileSync(keyPath, 'utf8'), certPath, keyPath };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #path(name: string): string {
    return join(this.folder, name);
  }

  #run(...words: string[]): void {
    execFileSync('openssl', words, { cwd: this.folder, stdio: 'pipe' });
  }
}

const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

const CA_CONFIG = (folder: string): string => `
[ca]
default_ca = own
[own]
dir = ${folder}
database = ${join(folder, 'index.txt')}
serial = ${join(folder, 'serial')}
new_certs_dir = ${folder}
certificate = ${join(folder, 'ca.pem')}
private_key = ${join(folder, 'ca.key')}
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
`;
