import { ComplianceError } from '../errors';
import { parseTreeHead } from '../sealing/checkpoint';
import { MerkleRange } from '../sealing/merkle-range';
import { consistencyRanges } from '../sealing/proofs';
import { type CheckpointLine, parseSealLine, SEAL_PREFIX } from '../sealing/seal-line';
import { hashLeaf, hashToBase64, type Sha256 } from '../sealing/sha256';
import { parseNote } from '../sealing/signed-note';
import { readLines } from '../verification/read-lines';

/** A file of a log, and the index of its first line. */
interface Place {
  readonly file: number;
  readonly index: number;
}

/**
 * Proves that a log has only grown since its checkpoint of some size, from the files since that checkpoint alone: its line
 * says what the tree was there.
 *
 * @returns the hashes of an RFC 6962 consistency proof in base64
 * @throws ComplianceError `MXL_SEAL_NOT_IN_LOG`
 */
export async function proveGrowth(files: readonly string[], fromSize: number, toNote: string): Promise<string[]> {
  const head = parseTreeHead(parseNote(toNote).text);
  if (head.size < fromSize) throw notInLog(`a tree of ${fromSize} lines is none of ${head.size}`);
  if (fromSize === 0 || fromSize === head.size) return [];
  const { line, place } = await findCheckpoint(files, fromSize);
  const [grown, since] = [line.edge.clone(), new MerkleRange(fromSize)];
  let { index } = place;
  for (const file of files.slice(place.file)) {
    const { rest } = await readLines(file, (bytes, start, end) => add(hashLeaf(bytes.subarray(start - 1, end))));
    if (rest !== undefined) add(hashLeaf(Buffer.concat([Buffer.alloc(1), rest])));
    if (index >= head.size) break;
  }
  if (grown.end !== head.size || grown.root() !== head.root) throw notInLog('the files give another tree');
  return consistencyRanges(fromSize, head.size).map(({ begin, end }) =>
    hashToBase64((end <= fromSize ? line.edge : since).hashOf(begin, end) as Sha256),
  );

  function add(leaf: Sha256): void {
    if (index >= fromSize && index < head.size) {
      grown.append(leaf);
      since.append(leaf);
    }
    index += 1;
  }
}

/** The line of the checkpoint of that size, and a file that begins at or before the first line behind its tree. */
async function findCheckpoint(files: readonly string[], size: number): Promise<{ line: CheckpointLine; place: Place }> {
  for (let file = files.length - 1; file >= 0; file -= 1) {
    const { line, at } = await readCheckpoint(files[file] as string, size);
    if (line === undefined) continue;
    let index = line.index - at;
    // A signature that was waited for stands behind lines that it does not cover, maybe in the next file.
    for (; index > size && file > 0; file -= 1) index -= (await readCheckpoint(files[file - 1] as string, -1)).at;
    if (index <= size) return { line, place: { file, index } };
  }
  throw notInLog(`no checkpoint of ${size} lines is in the files`);
}

/** A checkpoint with how many lines are ahead of it in the file; without one, all of them. */
async function readCheckpoint(path: string, size: number): Promise<{ line: CheckpointLine | undefined; at: number }> {
  let found: { line: CheckpointLine; at: number } | undefined;
  let lines = 0;
  const { rest } = await readLines(path, (bytes, start, end) => {
    if (found === undefined && bytes.toString('latin1', start, start + SEAL_PREFIX.length) === SEAL_PREFIX) {
      const line = parseSealLine(bytes.toString('utf8', start, end));
      if (line !== undefined && 'note' in line && line.checkpoint.size === size) found = { line, at: lines };
    }
    lines += 1;
  });
  return found ?? { line: undefined, at: lines + (rest === undefined ? 0 : 1) };
}

function notInLog(what: string): ComplianceError {
  return new ComplianceError('MXL_SEAL_NOT_IN_LOG', `no proof: ${what}`);
}
