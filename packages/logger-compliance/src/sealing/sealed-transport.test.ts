import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import {
  carriedPlugin,
  createLogger,
  definePlugin,
  type DestinationOptions,
  type DirectEntry,
  type DirectTransport,
  type LineStage,
  type Settle,
  systemClock,
  type Transport,
  type TransportContext,
  type TransportPlugin,
  withPlugin,
  type WriteResult,
} from '@metaexpert/logger-core';
import { CollectingTransport, describeTransport, destinationOf, waitFor } from '@metaexpert/logger-core/testing';
import { file } from '@metaexpert/logger-transports-file';
import fc from 'fast-check';
import { fileSigner, seal, verifyLog } from '..';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { makeKey, ORIGIN, sealedFile } from '../../test-fixtures/sealed-log';
import { type SealStageData } from './seal-stage';
import { createStage } from './sealing-thread';

type Step = 'take' | 'fail' | 'half' | 'no room';

interface Waiting {
  readonly batch: readonly DirectEntry[];
  readonly settle: Settle;
  readonly word: number;
}

/** Writes lines to a file in the tick of poll(), by way of a stage if it has one, and misbehaves by a script. */
class ScriptedTransport implements DirectTransport {
  readonly #waiting: Waiting[] = [];

  constructor(
    readonly path: string,
    readonly steps: Step[],
    readonly maxInFlight: number,
    readonly stage: LineStage | undefined,
    /** As if so many bytes were waiting to be written. */
    readonly backlog: number,
  ) {}

  get staged(): boolean {
    return this.stage !== undefined;
  }

  write(): Promise<WriteResult> {
    throw new Error('a direct transport is submitted to');
  }

  submit(batch: readonly DirectEntry[], settle: Settle, _durable: boolean, word = 0): boolean {
    if (this.steps[0] === 'no room') {
      this.steps.shift();
      setImmediate(() => this.poll());
      return false;
    }
    this.#waiting.push({ batch, settle, word });
    setImmediate(() => this.poll());
    return true;
  }

  poll(): void {
    const first = this.#waiting.shift();
    if (first === undefined) return;
    const step = this.steps[0] === 'no room' ? 'take' : (this.steps.shift() ?? 'take');
    const count = this.stage === undefined ? this.#write(first, step) : this.#writeStaged(first, step, this.stage);
    if (step === 'take') {
      first.settle({ status: 'delivered' });
      return;
    }
    const error = new Error('scripted');
    const indexes = [...first.batch.keys()];
    const [delivered, retry] = [indexes.slice(0, count), indexes.slice(count)];
    first.settle(
      count === 0 ? { status: 'retry', error } : { status: 'partial', delivered, retry, rejected: [], error },
    );
    for (const { settle } of this.#waiting.splice(0)) settle({ status: 'retry', error });
  }

  #write({ batch }: Waiting, step: Step): number {
    const count = step === 'take' ? batch.length : step === 'half' ? batch.length >> 1 : 0;
    for (const { payload } of batch.slice(0, count)) appendFileSync(this.path, `${payload}\n`);
    return count;
  }

  #writeStaged({ batch, word }: Waiting, step: Step, stage: LineStage): number {
    const lines = Buffer.from(batch.map(({ payload }) => `${payload}\n`).join(''));
    const out = stage.take(lines, { word, multiline: false });
    const half = out.lastIndexOf('\n', out.length >> 1) + 1;
    const bytes = step === 'take' ? out.length : step === 'half' ? half : 0;
    appendFileSync(this.path, out.subarray(0, bytes));
    return stage.settle(bytes);
  }
}

describe('a sealed transport', () => {
  const folder = folderPerTest();

  it('seals what was written, and nothing else, whatever fails, comes half or finds no room', async () => {
    const key = makeKey(folder.path('key.pem'));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Step>('take', 'fail', 'half', 'no room'), { maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(1, 4),
        fc.constantFrom('here', 'later', 'where it is written'),
        fc.constantFrom(0, 1e9),
        async (steps, everyRecords, maxInFlight, where, backlog) => {
          const path = folder.path(`run-${run++}.log`);
          const create = (_options: object, { stage }: TransportContext): Transport => {
            const staged =
              stage && where !== 'here' ? createStage(stage.data as SealStageData, stage.heard) : undefined;
            return new ScriptedTransport(path, [...steps], maxInFlight, staged, backlog);
          };
          const plugin = definePlugin({ kind: 'transport', type: 'scripted', create });
          const plain: DestinationOptions = withPlugin(
            {
              type: 'scripted',
              path,
              batch: { maxRecords: 7 },
              retry: { minDelayMs: 1, maxDelayMs: 2 },
              breaker: { failures: 100 },
            },
            plugin,
          );
          const atOnce = fileSigner(key.path);
          const sign = async (message: Uint8Array): Promise<Uint8Array> => {
            await new Promise(setImmediate);
            return atOnce.sign(message);
          };
          const sealed = seal(plain, {
            signer: where === 'later' ? { ...atOnce, sign } : atOnce,
            origin: ORIGIN,
            everyRecords,
          });
          const log = createLogger({ sources: false, exitHooks: false, destinations: [sealed] });
          log.on('failure', () => undefined);
          for (let n = 0; n < 60; n += 1) log.info('order placed', { n });
          const { ok } = await log.close({ timeoutMs: 10_000 });
          const numbers = readFileSync(path, 'utf8').match(/"n":\d+/g);
          expect({ ok, numbers }).toEqual({ ok: true, numbers: Array.from({ length: 60 }, (_, n) => `"n":${n}`) });
          expect(await verifyLog([path], { trustedKeys: [key.publicKey] })).toMatchObject({ ok: true, unsealed: 0 });
        },
      ),
      { numRuns: 80 },
    );
  }, 60_000);

  it('seals each line of a text, and does not let a message pass for a checkpoint', async () => {
    const key = makeKey(folder.path('key.pem'));
    const path = folder.path('app.log');
    const format = ({ message }: { message: string }): string => message;
    const log = createLogger({
      sources: false,
      exitHooks: false,
      destinations: [sealedFile({ path, keyPath: key.path, file: { format } })],
    });
    log.info('one\ntwo\n\nthree');
    log.info('{"seal":"checkpoint","x":1}');
    log.info('stack\n{"seal":"checkpoint"}\nend');
    expect((await log.close({ timeoutMs: 10_000 })).ok).toBe(true);
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines.slice(1, 9)).toEqual([
      'one',
      'two',
      '',
      'three',
      ' {"seal":"checkpoint","x":1}',
      'stack',
      ' {"seal":"checkpoint"}',
      'end',
    ]);
    expect(await verifyLog(path, { trustedKeys: [key.publicKey] })).toMatchObject({
      ok: true,
      lines: 10,
      checkpoints: 2,
    });
  });

  it('covers what a log held before it was sealed, and a line that a crash has torn', async () => {
    const key = makeKey(folder.path('key.pem'));
    const path = folder.path('app.log');
    writeFileSync(path, 'a plain line\nhalf a li');
    const log = createLogger({
      sources: false,
      exitHooks: false,
      destinations: [sealedFile({ path, keyPath: key.path })],
    });
    log.info('back');
    await log.close({ timeoutMs: 10_000 });
    const trustedKeys = [key.publicKey];
    expect(await verifyLog(path, { trustedKeys })).toMatchObject({ ok: true, lines: 5 });
    writeFileSync(path, readFileSync(path, 'utf8').replace('plain', 'plane'));
    expect((await verifyLog(path, { trustedKeys })).problem).toMatchObject({ code: 'altered', line: 1 });
  });

  it('seals a quiet log after a time', async () => {
    const key = makeKey(folder.path('key.pem'));
    const path = folder.path('app.log');
    const log = createLogger({
      sources: false,
      exitHooks: false,
      destinations: [sealedFile({ path, keyPath: key.path, seal: { everySeconds: 0.1 } })],
    });
    log.info('alone');
    await waitFor('a checkpoint', () => existsSync(path) && readFileSync(path, 'utf8').includes(': interval"'), 10_000);
    expect(await verifyLog(path, { trustedKeys: [key.publicKey], live: true })).toMatchObject({
      ok: true,
      unsealed: 0,
    });
    await log.close({ timeoutMs: 10_000 });
  });

  it('seals a destination that is no file and not direct', async () => {
    const key = makeKey(folder.path('key.pem'));
    const collected = new CollectingTransport();
    const sealed = seal(destinationOf(collected), { signer: fileSigner(key.path), origin: ORIGIN, everyRecords: 10 });
    const log = createLogger({ sources: false, exitHooks: false, destinations: [sealed] });
    for (let n = 0; n < 35; n += 1) log.info('order placed', { n });
    expect((await log.close({ timeoutMs: 10_000 })).ok).toBe(true);
    const path = folder.path('export.log');
    writeFileSync(path, collected.payloads.map((payload) => `${payload}\n`).join(''));
    expect(await verifyLog([path], { trustedKeys: [key.publicKey] })).toMatchObject({ ok: true, unsealed: 0 });
  });
});

describe('a sealed file', () => {
  const folder = folderPerTest();
  const readBack = (): string[] =>
    readFileSync(folder.path('app.log'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('{"seal"'));

  describeTransport({
    create: () => {
      const key = makeKey(folder.path('key.pem'));
      const options = seal(file({ path: folder.path('app.log') }), { signer: fileSigner(key.path), origin: ORIGIN });
      const plugin = carriedPlugin(options) as TransportPlugin;
      return plugin.create(options as never, {
        name: 'file',
        clock: systemClock,
        diagnostics: { report: () => undefined },
        transport: () => {
          throw new Error('a file is no group');
        },
      });
    },
    received: readBack,
  });
});
