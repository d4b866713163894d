import { collectingLogger, linesOf } from '../../test/loggers';

const MIB = 1_048_576;

async function recorded(fields: object, message = 'big'): Promise<{ line: Record<string, unknown>; payload: string }> {
  const { log, collected } = collectingLogger();
  log.error(message, new Error('why'), fields);
  await log.flush();
  return { line: linesOf(collected)[0]!, payload: collected.payloads[0]! };
}

function textOf(value: unknown): string {
  return /^([^[]*)\[Truncated: (\d+) characters\]$/.exec(String(value))?.[1] ?? '';
}

describe('a record over a mebibyte', () => {
  it.each<[string, string, object]>([
    ['a long message', 'y'.repeat(5_000_000), {}],
    ['a long text', 'x', { text: 'x'.repeat(5_000_000) }],
    ['a text of two bytes a character', 'x', { text: 'é'.repeat(900_000) }],
    ['a text of three bytes a character', 'x', { text: '€'.repeat(900_000) }],
    ['a text of four bytes a character', 'x', { text: '😀'.repeat(400_000) }],
    ['a text that is all escapes', 'x', { text: '\u0001'.repeat(900_000) }],
    ['a hundred million characters in a list', 'x', { list: matrix(() => 'z'.repeat(100)) }],
    ['a million numbers', 'x', { list: matrix(() => -1.234567890123456e-300) }],
    ['a million words', 'x', { list: matrix((n) => [true, null, {}, []][n % 4]) }],
    ['many errors', 'x', { list: Array.from({ length: 1000 }, () => new Error('e'.repeat(2000))) }],
    ['a Buffer of 20 MB', 'x', { buffer: Buffer.alloc(20_000_000) }],
    ['an object within itself many times over', 'x', { tree: tree() }],
    [
      'a thousand long fields',
      'x',
      Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`k${n}`, 'v'.repeat(5000)])),
    ],
  ])('is cut and marked when it has %s', async (_what, message, fields) => {
    const { line, payload } = await recorded(fields, message);
    expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(MIB);
    expect(line['truncated']).toBeGreaterThan(0);
    expect(payload).toContain('[Truncated');
    // What is short stays whole: the error behind the fields, and what every record has.
    expect(line).toMatchObject({ level: 'error', seq: 1, error: { name: 'Error', message: 'why' } });
  });

  it('is cut where it is longest: the short fields stay whole, before and behind', async () => {
    const { line } = await recorded({ before: 'a'.repeat(1000), long: 'x'.repeat(5_000_000), after: 'b'.repeat(1000) });
    expect(line).toMatchObject({ message: 'big', before: 'a'.repeat(1000), after: 'b'.repeat(1000) });
    expect(textOf(line['long']).length).toBeGreaterThan(MIB / 4);
  });

  it('says how many bytes were cut', async () => {
    const { line } = await recorded({ long: '€'.repeat(1_000_000), longer: 'x'.repeat(3_000_000) });
    const kept = Buffer.byteLength(textOf(line['long'])) + Buffer.byteLength(textOf(line['longer']));
    expect(line['truncated']).toBe(6_000_000 - kept);
  });

  it('cuts through no character', async () => {
    for (const shift of ['', 'a']) {
      const { line } = await recorded({ text: shift + '😀'.repeat(600_000) });
      const kept = textOf(line['text']);
      expect(Buffer.from(kept).toString()).toBe(kept);
    }
  });

  it('is whole and unmarked up to there', async () => {
    const text = 'x'.repeat(MIB - 5000);
    const { line } = await recorded({ text });
    expect(line).toMatchObject({ text });
    expect(line).not.toHaveProperty('truncated');
  });

  it('keeps a mark of its own for what was bound, and stays within the bound', async () => {
    const { log, collected } = collectingLogger();
    const child = log.child({ bound: 'b'.repeat(2_000_000), note: 'kept' });
    child.info('bound');
    child.info('both', { text: 'x'.repeat(2_000_000) });
    await log.flush();
    const [bound, both] = linesOf(collected);
    expect(bound!['truncated']).toBe(2_000_000 - textOf(bound!['bound']).length);
    expect(bound).toMatchObject({ note: 'kept' });
    expect(both!['truncated']).toBeGreaterThan(bound!['truncated'] as number);
  });

  it('is marked also when a processor has made it so large', async () => {
    const { log, collected } = collectingLogger({
      processors: [(record) => ({ ...record, fields: { ...record.fields, added: 'x'.repeat(3_000_000), short: 1 } })],
    });
    log.info('small', { long: 'y'.repeat(2_000_000) });
    await log.flush();
    const [line] = linesOf(collected);
    expect(line!['truncated']).toBeGreaterThan(4_000_000);
    expect(line).toMatchObject({ short: 1 });
    expect(Buffer.byteLength(collected.payloads[0]!)).toBeLessThanOrEqual(MIB);
  });
});

function matrix(element: (n: number) => unknown): unknown[][] {
  return Array.from({ length: 1000 }, () => Array.from({ length: 1000 }, (_, n) => element(n)));
}

/** Sixteen levels of ten branches each, all the same objects. */
function tree(): object {
  let node: object = { leaf: 'text' };
  for (let level = 0; level < 14; level++) node = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [n, node]));
  return node;
}
