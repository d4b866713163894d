import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ComplianceError, verifyLog } from '..';
import { makeKey } from '../../test-fixtures/sealed-log';
import { parseTreeHead } from './checkpoint';
import { parseSealLine } from './seal-line';
import { parseNote, parseVerifierKey } from './signed-note';
import { readTimeStampResponse } from './time-stamp';

const NOTE = 'a/log\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nkind start\n\n— a/log S0cN2nITELo8ediMmrTl/w==\n';

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ComplianceError) return thrown.code;
    throw thrown;
  }
}

describe('hostile input', () => {
  it.each([
    ['a size that is no number', NOTE.replace('\n7\n', '\nseven\n')],
    ['a size with a sign', NOTE.replace('\n7\n', '\n-7\n')],
    ['a size with zeros in front', NOTE.replace('\n7\n', '\n007\n')],
    ['a size beyond counting', NOTE.replace('\n7\n', `\n${'9'.repeat(40)}\n`)],
    ['a size of 2 to the 53', NOTE.replace('\n7\n', '\n9007199254740992\n')],
    ['an exponent', NOTE.replace('\n7\n', '\n1e3\n')],
    ['bad base64', NOTE.replace('47DEQ', '47*EQ')],
    ['a root of 31 bytes', NOTE.replace('uFU=', 'uA==')],
    ['base64 with loose bits', NOTE.replace('uFU=', 'uFV=')],
    ['no signature', NOTE.slice(0, NOTE.indexOf('—'))],
    ['a signature that is none', NOTE.replace('— a/log S0', '- a/log S0')],
    ['no text', '\n\n'],
    ['no origin', NOTE.replace('a/log\n7', '\n7')],
  ])('in a checkpoint gives a coded error: %s', (_what, note) => {
    expect(codeOf(() => parseTreeHead(parseNote(note).text))).toBe('MXL_SEAL_MALFORMED');
  });

  it('of any kind is a coded error or nothing, never another', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.nat(NOTE.length), fc.string()).map(([at, more]) => NOTE.slice(0, at) + more + NOTE.slice(at + 1)),
      fc.json().map((json) => `{"seal":"checkpoint",${json.slice(1)}`),
      fc
        .record({
          seal: fc.constant('checkpoint'),
          index: fc.oneof(fc.nat(), fc.double()),
          note: fc.constant(NOTE),
          edge: fc.array(fc.anything()),
          marks: fc.base64String(),
        })
        .map((parts) => JSON.stringify(parts)),
    );
    fc.assert(
      fc.property(text, (input) => {
        expect(parseSealLine(input)).toBeUndefined();
        for (const parse of [() => parseTreeHead(parseNote(input).text), () => parseVerifierKey(input)])
          expect([undefined, 'MXL_SEAL_MALFORMED']).toContain(codeOf(parse));
      }),
      { numRuns: 2000 },
    );
  });

  it('in place of a time-stamp token is a coded error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const code = codeOf(() => readTimeStampResponse(Buffer.from(bytes)));
        expect(['MXL_SEAL_MALFORMED', 'MXL_SEAL_TIMESTAMP_FAILED']).toContain(code);
      }),
      { numRuns: 2000 },
    );
  });

  it('whose last line is too short for the mark of a seal line, and begins like one, is convicted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mxl-hostile-'));
    const { publicKey } = makeKey(join(folder, 'key.pem'));
    const path = join(folder, 'app.log');
    for (const text of ['{"s\n', '{"seal"\n', '{"seal":"\n']) {
      writeFileSync(path, text);
      expect(await verifyLog(path, { trustedKeys: [publicKey] })).toMatchObject({ ok: false, lines: 1 });
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('in place of a log is convicted, whatever bytes it is made of', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mxl-hostile-'));
    const { publicKey } = makeKey(join(folder, 'key.pem'));
    const path = join(folder, 'app.log');
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .constantFrom('{"seal":"checkpoint"', '{"seal":"', '\n', '\u001f\u008b', NOTE)
        .map((part) => Buffer.from(part, 'latin1')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        writeFileSync(path, Buffer.concat(pieces));
        const { ok, problem } = await verifyLog([path], { trustedKeys: [publicKey] });
        expect({ ok, code: typeof problem?.code }).toEqual({ ok: false, code: 'string' });
      }),
      { numRuns: 200 },
    );
    await expect(verifyLog([path], { trustedKeys: [] })).rejects.toMatchObject({ code: 'MXL_SEAL_MALFORMED' });
    await expect(verifyLog([path], undefined as never)).rejects.toMatchObject({ code: 'MXL_SEAL_MALFORMED' });
    await expect(verifyLog([path], { trustedKeys: ['-----BEGIN nonsense'] })).rejects.toMatchObject({
      code: 'MXL_SEAL_MALFORMED',
    });
    for (const trustedKeys of [publicKey, undefined, null, [5], {}] as never[])
      await expect(verifyLog([path], { trustedKeys })).rejects.toMatchObject({ code: 'MXL_SEAL_MALFORMED' });
    await expect(verifyLog(join(folder, 'none.log'), { trustedKeys: [publicKey] })).rejects.toMatchObject({
      code: 'ENOENT',
    });
    rmSync(folder, { recursive: true, force: true });
  });
});
