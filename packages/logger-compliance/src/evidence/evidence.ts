import { readFileSync } from 'node:fs';
import { type ComplianceReport, report, type ReportOptions } from '../reports/report';
import { reportHtml } from '../reports/html/report-html';
import { type SealReport } from '../reports/seal-report';
import { parseSpan } from '../reports/time-span';
import { parseTreeHead } from '../sealing/checkpoint';
import { parseNote } from '../sealing/signed-note';
import { filesOf } from '../verification/files-of';
import { verifyLog, type VerifyLogOptions } from '../verification/verify-log';
import { BundleFolder } from './bundle-folder';
import { type FileRun, filesOfSpan } from './files-of-span';
import { addLog } from './log-evidence';
import { readmeText } from './readme-text';
import { VERIFY_GO } from './verify-go';
import { VERIFY_SH } from './verify-sh';

/** A sealed log that is handed over. */
export interface EvidenceLog {
  /** Of the live file, whose older files are found by their names; or all the files, oldest first. */
  readonly path: string | readonly string[];
  /** How its seal is verified. Published heads go into the bundle. */
  readonly seal: VerifyLogOptions;
}

export interface EvidenceOptions extends Omit<ReportOptions, 'logs'> {
  /** The folder to make. */
  into: string;
  /** With `from` and `to` only the files of that time, and one on each side, are handed over. */
  logs: readonly EvidenceLog[];
  /** File with the certificates of the time-stamp authority (PEM), for `openssl ts -verify`. */
  authorityFile?: string;
}

/** What the bundle holds. */
export interface EvidenceBundle {
  readonly folder: string;
  /** Whether every log in it verifies. One that does not is evidence too; the report says what is wrong. */
  readonly ok: boolean;
  readonly report: ComplianceReport;
}

/**
 * Makes a folder that proves a sealed log to whoever has nothing of ours: the lines, keys, checkpoints and time stamps, the
 * report, a README for the lawyer, and two programs that verify it, one with openssl and one with Go.
 *
 * @throws ComplianceError `MXL_EVIDENCE_FOLDER` when the folder is there already; RangeError for a time that is none
 * @example
 * await writeEvidence({ into: 'case-17', logs: [{ path: 'logs/trades.log', seal: { trustedKeys: [publicKey] } }] });
 */
export async function writeEvidence(options: EvidenceOptions): Promise<EvidenceBundle> {
  const { into, logs, authorityFile, ...about } = options;
  const span = parseSpan(about.from, about.to);
  const authority = authorityFile === undefined ? undefined : readFileSync(authorityFile);
  const runs: { files: readonly string[]; seal: VerifyLogOptions }[] = [];
  for (const { path, seal } of logs) {
    const run = await filesOfSpan(filesOf(path), span);
    runs.push({ files: run.files, seal: await partOf(run, seal) });
  }
  const bundle = new BundleFolder(into);
  const found = await report({ ...about, logs: runs.map(({ files, seal }) => ({ path: files, seal })) });
  for (const [at, { files, seal }] of runs.entries())
    await addLog(bundle, { number: at + 1, files, seal, found: found.logs[at]?.seal as SealReport });
  if (authority !== undefined) bundle.write('keys/authority.pem', authority);
  bundle.write('report.json', `${JSON.stringify(found, null, 2)}\n`);
  bundle.write('report.html', reportHtml(found));
  bundle.write('verify.sh', VERIFY_SH);
  bundle.write('verify.go', VERIFY_GO);
  bundle.write(
    'README.txt',
    readmeText(
      found,
      runs.map(({ seal }) => seal),
    ),
  );
  bundle.finish();
  return { folder: into, ok: found.logs.every(({ seal }) => seal?.ok === true), report: found };
}

/** How a part of a log is verified: it need not begin or end where the log does, nor with the last of its keys. */
async function partOf({ files, cutFront, cutBack }: FileRun, seal: VerifyLogOptions): Promise<VerifyLogOptions> {
  const part = { ...seal, ...(cutFront && { trimmed: true }), ...(cutBack && { live: true }) };
  if (!cutBack) return part;
  const { publishedHead, ...rest } = part;
  for (let keys = seal.trustedKeys.length; keys > 0; keys -= 1) {
    const trustedKeys = seal.trustedKeys.slice(0, keys);
    const { problem, head } = await verifyLog(files, { ...rest, trustedKeys });
    if (problem?.code === 'epoch_wrong') continue;
    // What was published later than the last file is about lines that are not handed over.
    const heads = [publishedHead ?? []]
      .flat()
      .filter((note) => sizeOf(note) <= (head === undefined ? 0 : sizeOf(head)));
    return { ...rest, trustedKeys, publishedHead: heads };
  }
  return rest;
}

function sizeOf(note: string): number {
  return parseTreeHead(parseNote(note).text).size;
}
