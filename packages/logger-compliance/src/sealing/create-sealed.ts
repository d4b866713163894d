import { isDirect, type StageSource, threadFile, type Transport, type TransportContext } from '@metaexpert/logger-core';
import { ComplianceError } from '../errors';
import { asDirect, withoutDirect } from './as-direct';
import { ChainComposer } from './chain-composer';
import { ClockWatch } from './clock-watch';
import { type Composer } from './composer';
import { EvidenceDesk } from './evidence-desk';
import { type CheckedSigner, keyOf } from './key-signer';
import { resumeChain } from './resume-chain';
import { SealChain } from './seal-chain';
import { SealKeys } from './seal-keys';
import { type SealOptions } from './seal-options';
import { type SealNews, type SealStageData } from './seal-stage';
import { SealedTransport } from './sealed-transport';
import { type SealedHead, Sealer } from './sealer';
import { StagedComposer } from './staged-composer';

const PACKAGE = '@metaexpert/logger-compliance';
const EVERY_RECORDS = 1000;

export interface SealedDestinationParts {
  /** Makes the transport whose lines are sealed. */
  readonly create: (context: TransportContext) => Transport;
  readonly origin: string;
  readonly signers: { readonly current: CheckedSigner; readonly retiring: CheckedSigner | undefined };
  /** Absolute, when the log is in files here. */
  readonly path: string | undefined;
  readonly options: SealOptions;
  readonly context: TransportContext;
  readonly timeoutMs: number | undefined;
}

/** Makes a sealed transport. What can be done in the thread that writes is done there. */
export function createSealed(parts: SealedDestinationParts): Transport {
  const { options, context, timeoutMs = 10_000 } = parts;
  const report = (error: Error): void => context.diagnostics.report('temporary', error);
  const desk = new EvidenceDesk({ timestampUrl: options.timestampUrl, add: (line) => add(line), report });
  const sealed = (head: SealedHead): void => {
    desk.take(head);
    void tell(head, options.onCheckpoint).catch(report);
  };
  const heard = (news: SealNews): void =>
    'head' in news ? sealed(news.head) : report(new ComplianceError(news.failure.code, news.failure.message));
  const data = stageData(parts);
  const stage = data && stageSource(data, heard);
  // One that is sealed again has its own stage, or none: what comes from outside is for its lines, not for ours.
  const { stage: _outer, ...plain } = context;
  const created = parts.create(stage === undefined ? plain : { ...plain, stage });
  const inner = asDirect(created, timeoutMs);
  const composer =
    inner.staged === true
      ? new StagedComposer(() => inner.backlog ?? 0)
      : chainComposer(parts, report, () => transport.nudge());
  const add = (line: Parameters<Composer['add']>[0]): void => {
    composer.add(line);
    transport.nudge();
  };
  const transport = new SealedTransport({
    inner,
    composer,
    path: parts.path,
    sealed,
    settleEvidence: (signal) => desk.settle(signal),
    everySeconds: options.everySeconds ?? 10,
  });
  return isDirect(created) ? transport : withoutDirect(transport);
}

function chainComposer(parts: SealedDestinationParts, report: (error: Error) => void, nudge: () => void): Composer {
  const { origin, signers, path, options } = parts;
  const keys = new SealKeys(origin, signers.current, signers.retiring);
  const watch = new ClockWatch(options.clockTier);
  const news = (): void => {
    if (sealer.failure !== undefined) report(sealer.failure);
    nudge();
  };
  const sealer = new Sealer({ origin, keys, now: () => Date.now(), clock: () => watch.line(), news });
  return new ChainComposer({
    sealer,
    everyRecords: options.everyRecords ?? EVERY_RECORDS,
    onSealFailure: options.onSealFailure ?? 'fail',
    report,
    resume: () =>
      path === undefined ? { chain: new SealChain(), next: 'start' } : resumeChain({ path, origin, keys }),
  });
}

/** Undefined when another thread could not do it: the signer is asked here, or there are no files to go on from. */
function stageData({ origin, signers, path, options }: SealedDestinationParts): SealStageData | undefined {
  const key = keyOf(signers.current);
  const retiringKey = signers.retiring && keyOf(signers.retiring);
  const elsewhere = key === undefined || (signers.retiring !== undefined && retiringKey === undefined);
  if (elsewhere || path === undefined) return undefined;
  return {
    origin,
    path,
    key,
    retiringKey,
    everyRecords: options.everyRecords ?? EVERY_RECORDS,
    onSealFailure: options.onSealFailure ?? 'fail',
    clockTier: options.clockTier,
    tellsHeads: options.onCheckpoint !== undefined || options.timestampUrl !== undefined,
  };
}

function stageSource(data: SealStageData, heard: (news: SealNews) => void): StageSource {
  const module = threadFile({ name: 'sealing-thread.js', beside: __dirname, packageName: PACKAGE });
  return { module, data, heard: heard as (message: unknown) => void };
}

async function tell({ note, checkpoint }: SealedHead, listener: SealOptions['onCheckpoint']): Promise<void> {
  await listener?.(note, { origin: checkpoint.origin, size: checkpoint.size });
}
