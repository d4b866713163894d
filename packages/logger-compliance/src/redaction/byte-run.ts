/** What a value in a line may be, as bytes: a text that is known, then any of some characters, then what ends it. */
export interface ByteRun {
  readonly before: string;
  /** By byte: 1 for those that may stand there; undefined when nothing stands between. */
  readonly bytes: Uint8Array | undefined;
  readonly least: number;
  readonly most: number;
  readonly after: string;
}

/** One very text. */
export function knownRun(before: string): ByteRun {
  return { before, bytes: undefined, least: 0, most: 0, after: '' };
}

/** A text in quotes. @param characters - source of a regular expression for one of them */
export function quotedRun(characters: string, most: number, { beginning = '', least = 0 } = {}): ByteRun {
  return { before: `"${beginning}`, bytes: bytesOf(characters), least, most, after: '"' };
}

/** A number or word. */
export function wordRun(characters: string, most: number): ByteRun {
  return { before: '', bytes: bytesOf(characters), least: 1, most, after: '' };
}

/** ASCII alone, without control characters: what else there is takes the way by a string. */
function bytesOf(characters: string): Uint8Array {
  const pattern = new RegExp(characters);
  return Uint8Array.from({ length: 256 }, (_, code) =>
    code > 31 && code < 127 && pattern.test(String.fromCharCode(code)) ? 1 : 0,
  );
}
