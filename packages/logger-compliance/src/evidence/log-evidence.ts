import { basename } from 'node:path';
import { formatVerifierKey, parseNote } from '../sealing/signed-note';
import { type CheckpointLine } from '../sealing/seal-line';
import { TrustedKeys } from '../verification/trusted-keys';
import { type VerifyLogOptions } from '../verification/verify-log';
import { type SealReport } from '../reports/seal-report';
import { type BundleFolder } from './bundle-folder';
import { copyLines } from './copy-lines';

export interface LogEvidence {
  /** Which log of the bundle, from 1. */
  readonly number: number;
  readonly files: readonly string[];
  readonly seal: VerifyLogOptions;
  readonly found: SealReport;
}

/** Tokens that are handed over; each later one covers those before it. */
const MAX_TOKENS = 20;

/** Puts a log into the bundle: its lines, its keys, and its checkpoints in pieces that openssl takes. */
export async function addLog(bundle: BundleFolder, { number, files, seal, found }: LogEvidence): Promise<void> {
  const tokens: { size: number; token: Buffer }[] = [];
  const notes = new Map<number, string>();
  let first: CheckpointLine | undefined;
  for (const [at, file] of files.entries()) {
    const name = `logs/${number}/${String(at + 1).padStart(6, '0')}-${plainName(basename(file))}`;
    const { seals } = await copyLines(file, bundle.place(name), at < files.length - 1);
    await bundle.added(name);
    for (const { line } of seals) {
      if ('evidence' in line) tokens.push({ size: line.size, token: Buffer.from(line.evidence, 'base64') });
      else {
        first ??= line;
        notes.set(line.checkpoint.size, line.noteText);
      }
    }
  }
  const folder = `proofs/${number}`;
  addKeys(bundle, number, found.origin ?? '', seal.trustedKeys);
  // A log whose older files are gone begins at its first checkpoint, which says what its tree was there.
  const trimmed = found.firstIndex > 0 ? first : undefined;
  bundle.write(`${folder}/start`, `${trimmed?.checkpoint.size ?? 0}\n`);
  bundle.write(`${folder}/skip`, `${found.unproven}\n`);
  const edge = trimmed?.edge.hashes.map((hash) => `${Buffer.from(hash, 'latin1').toString('hex')}\n`) ?? [];
  bundle.write(`${folder}/edge`, edge.join(''));
  if (trimmed !== undefined) addNote(bundle, `${folder}/start`, trimmed.noteText);
  if (found.head !== undefined) addNote(bundle, `${folder}/head`, found.head);
  const published = [seal.publishedHead ?? []].flat();
  for (const [at, note] of published.entries()) bundle.write(`${folder}/published-${at + 1}.note`, note);
  for (const { size, token } of tokens.slice(-MAX_TOKENS)) {
    const note = notes.get(size);
    if (note === undefined) continue;
    bundle.write(`${folder}/tokens/${size}.note`, note);
    bundle.write(`${folder}/tokens/${size}.tsr`, token);
  }
}

function addKeys(bundle: BundleFolder, number: number, origin: string, trusted: readonly string[]): void {
  for (const [at, { publicKey, name, id }] of new TrustedKeys(trusted).of(origin).entries()) {
    bundle.write(`keys/${number}/${at + 1}.pem`, publicKey.export({ type: 'spki', format: 'pem' }));
    bundle.write(`keys/${number}/${at + 1}.vkey`, formatVerifierKey({ publicKey, name, id }));
  }
}

/** The note whole, and its text and the signature apart. */
function addNote(bundle: BundleFolder, name: string, noteText: string): void {
  const { text, signatures } = parseNote(noteText);
  bundle.write(`${name}.note`, noteText);
  bundle.write(`${name}.txt`, text);
  // At a handover two keys have signed: the last one is the one that goes on.
  bundle.write(`${name}.sig`, signatures.at(-1)?.bytes ?? '');
}

/** A name that no shell trips over. */
function plainName(name: string): string {
  return name.replace(/\.(?:gz|br|zst)$/, '').replace(/[^\w.-]/g, '_');
}
