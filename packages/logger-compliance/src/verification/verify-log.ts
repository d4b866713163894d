import { type Finding } from './breach';
import { filesOf } from './files-of';
import { openHead } from './open-head';
import { readLines } from './read-lines';
import { SealVerifier } from './seal-verifier';
import { TrustedKeys } from './trusted-keys';
import { type SealProblem, type VerifyResult } from './verify-result';

export interface VerifyLogOptions {
  /**
   * The public keys that the log may be sealed with, in the order in which they were used: PEM, or verifier keys as C2SP
   * signed-note writes them (`<name>+<id>+<base64>`).
   */
  trustedKeys: readonly string[];
  /** Notes of checkpoints that were published elsewhere: the log has to agree with each. */
  publishedHead?: string | readonly string[];
  /** The log's name. @default that of its first checkpoint */
  origin?: string;
  /** The log is still written, or its process was killed: it need not end with the checkpoint of an orderly end. @default false */
  live?: boolean;
  /** Older files have been deleted, by retention: the log need not begin with its first line. @default false */
  trimmed?: boolean;
}

/**
 * Verifies a sealed log from its files alone. Streams: memory does not grow with the log.
 *
 * @param paths - the live file, whose older files and archives are found by their names; or all the files, oldest first
 * @throws ComplianceError `MXL_SEAL_MALFORMED` for keys or published heads that are none
 * @throws the system's error for a file that cannot be read
 * @example
 * const { ok, problem } = await verifyLog('logs/app.log', { trustedKeys: [publicKey] });
 */
export async function verifyLog(paths: string | readonly string[], options: VerifyLogOptions): Promise<VerifyResult> {
  // A caller without types may have forgotten them.
  const keys = new TrustedKeys((options as VerifyLogOptions | undefined)?.trustedKeys);
  const published = options.publishedHead ?? [];
  const heads = (typeof published === 'string' ? [published] : published).map((note) => openHead(note, keys));
  const { origin, live = false, trimmed = false } = options;
  const verifier = new SealVerifier({ keys, heads, trimmed, origin });
  const files = filesOf(paths);
  const run = await readAll(files, verifier, live);
  const fileStart = (index: number): number =>
    run.starts.filter((start) => start <= index - verifier.firstIndex).at(-1) ?? 0;
  const finding =
    verifier.conclude((index) => fileStart(index) + verifier.firstIndex) ??
    run.finding ??
    verifier.ending(live) ??
    verifier.remarks();
  const { line } = verifier.good;
  return {
    ok: finding === undefined,
    ...(finding && { problem: locate(finding, files, run.starts, verifier.firstIndex) }),
    ...(verifier.origin !== undefined && { origin: verifier.origin }),
    lines: verifier.lines,
    checkpoints: verifier.checkpoints,
    firstIndex: verifier.firstIndex,
    unproven: verifier.unproven,
    unsealed: Math.max(0, verifier.end - 1 - verifier.good.index),
    ...(line && { head: line.noteText }),
    headsConfirmed: verifier.headsConfirmed,
    timestamps: verifier.tally.timestamps,
    clock: verifier.tally.clock,
  };
}

interface Run {
  /** Lines ahead of each file. */
  readonly starts: readonly number[];
  /** What was wrong with the files themselves. */
  readonly finding: Finding | undefined;
}

async function readAll(files: readonly string[], verifier: SealVerifier, live: boolean): Promise<Run> {
  const starts: number[] = [];
  for (const [at, file] of files.entries()) {
    starts.push(verifier.lines);
    const { rest, problem } = await readLines(file, verifier.line);
    const last = at === files.length - 1;
    const code = problem === 'cut off' || problem === undefined ? 'truncated' : 'altered';
    // A crash may leave half a line: its successor began a new file, or has not come yet.
    if (problem !== undefined || (rest !== undefined && last && !live))
      return { starts, finding: { code, index: verifier.end, message: problem ?? 'the last line is cut off' } };
    if (rest !== undefined && !last) verifier.line(Buffer.concat([Buffer.alloc(1), rest]), 1, rest.length + 1);
  }
  return { starts, finding: undefined };
}

function locate(
  { code, index, message }: Finding,
  files: readonly string[],
  starts: readonly number[],
  firstIndex: number,
): SealProblem {
  const line = index - firstIndex;
  const at = Math.max(0, starts.filter((start) => start <= line).length - 1);
  return { code, file: files[at] ?? '', line: line - (starts[at] ?? 0) + 1, index, message };
}
