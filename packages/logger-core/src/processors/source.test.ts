import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { transformSync } from '@swc/core';

const CORE = JSON.stringify(join(__dirname, '..', '..', 'dist'));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mxl-source-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sourcesOf(name: string, code: string, ...flags: string[]): unknown[] {
  writeFileSync(join(folder, name), code);
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, name], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trim().split('\n').map((line) => (JSON.parse(line) as { source?: unknown }).source); // prettier-ignore
}

describe('the source of a record', () => {
  it('is the file, line and function of the call, in every kind of call', () => {
    const code = `const { createLogger, source } = require(${CORE});
const log = createLogger({ sources: false, source: true });
function placeOrder() {
  log.info('a');
  log.error('b', new Error('x'), { c: 1 });
  log.log('warn', 'd');
  log.child({ e: 1 }).performance('f');
}
placeOrder();
log.info('top');
class Desk { async send() { await null; log.trade('g'); } }
new Desk().send();
createLogger({ sources: false }).info('without');
createLogger({ sources: false, processors: [{ type: 'source' }] }).info('by name');
`;
    expect(sourcesOf('bot.js', code).sort()).toEqual([
      'bot.js:10',
      'bot.js:11 Desk.send',
      'bot.js:14',
      'bot.js:4 placeOrder',
      'bot.js:5 placeOrder',
      'bot.js:6 placeOrder',
      'bot.js:7 placeOrder',
      undefined,
    ]);
  });

  it('is that of the source when source maps are enabled', () => {
    const typescript = `const { createLogger } = require(${CORE});

interface Order { symbol: string }

const log = createLogger({ sources: false, source: true });
function send(order: Order): void {
  log.info('sent', { ...order });
}
send({ symbol: 'BTCUSDT' });
`;
    const { code } = transformSync(typescript, {
      filename: 'desk.ts',
      sourceMaps: 'inline',
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    });
    expect(sourcesOf('desk.js', code, '--enable-source-maps')).toEqual(['desk.ts:7 send']);
    expect(sourcesOf('desk.js', code)).not.toEqual(['desk.ts:7 send']);
  });
});
