import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(__dirname, '..', '..', '..', 'tools', 'servers', 'main.mjs');

/** Where a server listens and what it wants, as tools/servers says it. */
export interface ServerFacts {
  readonly [port: string]: unknown;
  readonly plain: number;
  readonly secure: number;
  readonly mutual: number;
  readonly relp: number;
  readonly http: number;
  readonly port: number;
  readonly old: number;
  readonly upstream: number;
  /** The file that everything ends up in. */
  readonly out: string;
  readonly password: string;
  readonly token: string;
  readonly brokers: readonly [string, string, string];
  /** Paths. */
  readonly tls: Readonly<Record<'ca' | 'cert' | 'key' | 'clientCert' | 'clientKey', string>>;
}

/**
 * Tests against a real server. Where it is not installed they are skipped by name; in CI, or when MXL_SERVERS is 1, they
 * fail. MXL_SERVERS=0 skips them all: a run under another Node has nothing new to learn from a server.
 */
export function describeServer(name: string, binary: string, body: (facts: () => ServerFacts) => void): void {
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
  const installed =
    spawnSync('sh', ['-c', `command -v ${binary}`], { env: { ...process.env, PATH: path } }).status === 0;
  const wanted = process.env['MXL_SERVERS'];
  const demanded = wanted === '1' || (wanted !== '0' && Boolean(process.env['CI']));
  if (wanted === '0' || (!installed && !demanded)) {
    const why = wanted === '0' ? 'MXL_SERVERS is 0' : `${binary} is not installed`;
    describe.skip(`${name} (skipped: ${why})`, () => body(notRunning));
    return;
  }
  describe(name, () => {
    let child: ChildProcessWithoutNullStreams;
    let facts: ServerFacts | undefined;
    beforeAll(async () => {
      child = spawn(process.execPath, [MAIN, 'start', name], { stdio: ['pipe', 'pipe', 'pipe'] });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const line = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), once(child, 'exit')]);
      if (typeof line[0] !== 'string') throw new Error(`${name} did not start: ${said}`);
      facts = JSON.parse(line[0]) as ServerFacts;
    }, 60_000);
    // Its own clean-up comes before the end of the server.
    body(() => facts ?? notRunning());
    afterAll(async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    }, 30_000);
  });
}

function notRunning(): never {
  throw new Error('the server is not running');
}
