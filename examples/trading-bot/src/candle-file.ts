import { readFile } from 'node:fs/promises';

import { type Candle } from './candle';
import { CandleFileError, parseCandles } from './candle-csv';

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a folder',
};

/** @throws CandleFileError whatever is wrong, the file itself or what is in it. */
export async function readCandleFile(path: string): Promise<Candle[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new CandleFileError(path, reasons[code] ?? message);
  }
  return parseCandles(text, path);
}
