import { hostname } from 'node:os';
import { basename } from 'node:path';
import {
  carriedPlugin,
  ConfigError,
  type ConfigIssue,
  type DestinationOptions,
  isDirect,
  type PluginContext,
  type Transport,
  type TransportPlugin,
  withPlugin,
} from '@metaexpert/logger-core';
import { asDirect, withoutDirect } from './as-direct';
import { type ClockTier } from './clock-evidence';
import { ClockWatch } from './clock-watch';
import { Composer } from './composer';
import { EvidenceDesk } from './evidence-desk';
import { resumeChain } from './resume-chain';
import { SealChain } from './seal-chain';
import { SealKeys } from './seal-keys';
import { SealedTransport } from './sealed-transport';
import { type SealedHead, Sealer } from './sealer';
import { type Signer } from './signer';
import { isKeyName } from './signed-note';

export interface SealOptions {
  /** Signs the checkpoints: `fileSigner(path)`, or one of your own. */
  signer: Signer;
  /** The signer before this one: signs the first checkpoint too, which hands the log over. Not needed after that. */
  retiring?: Signer;
  /** The log's name in its checkpoints, unique for ever; no blanks, no plus sign. @default `<host>/<file name or destination>` */
  origin?: string;
  /** A checkpoint after so many lines, at most 100,000. @default 1000 */
  everyRecords?: number;
  /** A checkpoint when lines have been without one for so long. @default 10 */
  everySeconds?: number;
  /**
   * When there is no signature to be had: `fail` holds the records back and the destination fails; `continue` writes them,
   * and the next checkpoint covers them. @default 'fail'
   */
  onSealFailure?: 'continue' | 'fail';
  /** How close to UTC the clock has to be (RTS 25); every checkpoint says whether it is. */
  clockTier?: ClockTier;
  /** A time-stamp authority (RFC 3161) that stamps checkpoints, one request at a time. */
  timestampUrl?: string;
  /** Told of each checkpoint that is in the log, to publish its note elsewhere. What it throws is reported. */
  onCheckpoint?: (note: string, head: { origin: string; size: number }) => void | Promise<void>;
}

const MAX_EVERY = 100_000;

/**
 * A destination whose lines are sealed: hashed into a Merkle tree in the order in which they are written, with signed
 * checkpoints between them. Verify with {@link verifyLog}.
 *
 * @throws ConfigError for options that cannot be used
 */
export function seal(destination: DestinationOptions, options: SealOptions): DestinationOptions {
  const plugin = carriedPlugin(destination);
  const issues = findIssues(plugin?.kind, options);
  if (issues.length > 0) throw new ConfigError(issues);
  const inner = plugin as TransportPlugin;
  const path = logPathOf(destination);
  const origin = options.origin ?? `${hostname()}/${basename(path ?? destination.name ?? destination.type)}`;
  const keys = new SealKeys(origin, options.signer, options.retiring);
  const sealed: TransportPlugin = {
    ...inner,
    create: (own: never, context) =>
      createSealed(inner.create(own, context), {
        origin,
        keys,
        path,
        options,
        context,
        timeoutMs: destination.timeoutMs,
      }),
  };
  return withPlugin({ ...destination }, sealed);
}

interface CreateParts {
  readonly origin: string;
  readonly keys: SealKeys;
  readonly path: string | undefined;
  readonly options: SealOptions;
  readonly context: PluginContext;
  readonly timeoutMs: number | undefined;
}

function createSealed(
  inner: Transport,
  { origin, keys, path, options, context, timeoutMs = 10_000 }: CreateParts,
): Transport {
  const report = (error: Error): void => context.diagnostics.report('temporary', error);
  const watch = new ClockWatch(options.clockTier);
  const nudge = (): void => transport.nudge();
  const news = (): void => {
    if (sealer.failure !== undefined) report(sealer.failure);
    nudge();
  };
  const sealer = new Sealer({ origin, keys, now: () => Date.now(), clock: () => watch.line(), news });
  const { everyRecords = 1000, onSealFailure = 'fail' } = options;
  const composer = new Composer({ sealer, everyRecords, onSealFailure, report });
  const add = (evidence: Parameters<Composer['add']>[0]): void => {
    composer.add(evidence);
    nudge();
  };
  const desk = new EvidenceDesk({ timestampUrl: options.timestampUrl, add, report });
  const transport = new SealedTransport({
    inner: asDirect(inner, timeoutMs),
    sealer,
    composer,
    path,
    resume: () => {
      const resumed = path === undefined ? undefined : resumeChain({ path, origin, keys });
      composer.due ??= resumed?.next ?? 'start';
      return resumed?.chain ?? new SealChain();
    },
    sealed: (head) => {
      desk.take(head);
      void tell(head, options.onCheckpoint).catch(report);
    },
    settleEvidence: (signal) => desk.settle(signal),
    everySeconds: options.everySeconds ?? 10,
  });
  return isDirect(inner) ? transport : withoutDirect(transport);
}

async function tell({ note, checkpoint }: SealedHead, listener: SealOptions['onCheckpoint']): Promise<void> {
  await listener?.(note, { origin: checkpoint.origin, size: checkpoint.size });
}

/** Where the log is on disk, as the file destination names it; a date without a place of its own goes to the end. */
function logPathOf({ path, datePattern }: DestinationOptions): string | undefined {
  if (typeof path !== 'string') return undefined;
  return datePattern !== undefined && !path.includes('%DATE%') ? `${path}.%DATE%` : path;
}

function findIssues(kind: string | undefined, options: SealOptions): ConfigIssue[] {
  const { origin, everyRecords = 1000, everySeconds = 10, onSealFailure = 'fail', timestampUrl } = options;
  const wrong = (path: string, is: boolean, message: string): ConfigIssue[] => (is ? [{ path, message }] : []);
  const signs = typeof (options.signer as Partial<Signer> | undefined)?.sign === 'function';
  return [
    ...wrong('seal(destination)', kind !== 'transport', 'is not made by a factory such as file({ path })'),
    ...wrong('signer', !signs, 'has no sign(message)'),
    ...wrong(
      'origin',
      origin !== undefined && !isKeyName(origin),
      `'${String(origin)}' is empty, or holds blanks or a plus sign`,
    ),
    ...wrong(
      'everyRecords',
      !Number.isInteger(everyRecords) || everyRecords < 1 || everyRecords > MAX_EVERY,
      `${everyRecords} is not a whole number from 1 to ${MAX_EVERY}`,
    ),
    ...wrong(
      'everySeconds',
      !(everySeconds > 0 && everySeconds <= 86_400),
      `${everySeconds} is not over 0 and at most 86400`,
    ),
    ...wrong(
      'onSealFailure',
      !['continue', 'fail'].includes(onSealFailure),
      `'${onSealFailure}' is not one of continue, fail`,
    ),
    ...wrong(
      'timestampUrl',
      timestampUrl !== undefined && !URL.canParse(timestampUrl),
      `'${String(timestampUrl)}' is no URL`,
    ),
  ];
}
