import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { verifyConsistency } from '../src';
import { parseTreeHead, type TreeHead } from '../src/sealing/checkpoint';
import { hashToBase64 } from '../src/sealing/sha256';
import { isSignedBy, parseNote, parseVerifierKey } from '../src/sealing/signed-note';

/** A witness as C2SP tlog-witness has it, for one log: signs only what is consistent with what it signed before. */
export interface HttpWitness {
  readonly url: string;
  /** Its verifier key. */
  readonly key: string;
  /** Sizes of the trees that it was asked to go on from, and what it answered. */
  readonly asked: { readonly old: number; readonly status: number; readonly proof: number }[];
  /** What its answers are made of, when it is to be unwell. */
  respond: ((body: string) => string) | undefined;
  close(): Promise<void>;
}

/** @param logKey - the log's verifier key */
export async function startWitness(logKey: string): Promise<HttpWitness> {
  const name = 'witness.example/w1';
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  // By the text of C2SP tlog-cosignature, not by the code that is tested.
  const id = createHash('sha256').update(`${name}\n\u0004`).update(raw).digest().subarray(0, 4);
  let latest: TreeHead | undefined;
  const answer = (request: string): { status: number; body: string; old: number; proof: number } => {
    const split = request.indexOf('\n\n');
    const [first = '', ...proof] = request.slice(0, split).split('\n');
    const old = Number(/^old (\d+)$/.exec(first)?.[1]);
    const told = { old, proof: proof.length };
    const note = parseNote(request.slice(split + 2));
    const head = parseTreeHead(note.text);
    const key = parseVerifierKey(logKey);
    if (!note.signatures.some((signature) => isSignedBy(note.text, signature, key)))
      return { ...told, status: 403, body: '' };
    if (old > head.size) return { ...told, status: 400, body: '' };
    if (old !== (latest?.size ?? 0)) return { ...told, status: 409, body: `${latest?.size ?? 0}\n` };
    const roots = { oldSize: old, oldRoot: hashToBase64(latest?.root ?? head.root), size: head.size, root: hashToBase64(head.root) }; // prettier-ignore
    if (latest !== undefined && !verifyConsistency({ ...roots, proof })) return { ...told, status: 422, body: '' };
    latest = head;
    const seconds = BigInt(Math.floor(Date.now() / 1000));
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(seconds);
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${note.text}`), privateKey);
    const line = Buffer.concat([id, time, signature]).toString('base64');
    return { ...told, status: 200, body: `\u2014 ${name} ${line}\n` };
  };
  const asked: HttpWitness['asked'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, body, old, proof } = answer(Buffer.concat(chunks).toString());
      asked.push({ old, status, proof });
      const found = request.method === 'POST' && request.url === '/add-checkpoint';
      const said = witness.respond?.(body) ?? body;
      response.writeHead(found ? status : 404, { 'content-type': 'text/x.tlog.size' }).end(said);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const witness: HttpWitness = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: `${name}+${id.toString('hex')}+${Buffer.concat([Buffer.from([4]), raw]).toString('base64')}`,
    asked,
    respond: undefined,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
  return witness;
}
