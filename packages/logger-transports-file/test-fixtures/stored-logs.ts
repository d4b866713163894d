import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type LogLine, type StoredRecord } from '@metaexpert/logger-transports-file';

/** The time of record 0 in the logs that tests lay out; record `n` is `n` seconds later. */
export const START_MS = Date.parse('2026-11-21T08:00:00.000Z');

export function timeOf(n: number): number {
  return START_MS + n * 1000;
}

/** Record `n` as our logger writes it. */
export function lineOf(n: number, fields: Record<string, unknown> = {}): string {
  const timestamp = new Date(timeOf(n)).toISOString();
  return `${JSON.stringify({ timestamp, level: 'info', logger: 'bot', message: 'tick', category: 'general', n, ...fields })}\n`;
}

/** Lays a file with the records `from` to `to`, compressed as its name says, and as old as its last record. */
export function layLog(path: string, from: number, to: number, make: (n: number) => string = lineOf): void {
  let text = '';
  for (let n = from; n <= to; n++) text += make(n);
  layBytes(path, compressed(path, text), timeOf(to));
}

export function layBytes(path: string, bytes: string | Uint8Array, modifiedMs: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  utimesSync(path, modifiedMs / 1000, modifiedMs / 1000);
}

function compressed(path: string, text: string): string | Uint8Array {
  if (path.endsWith('.gz')) return gzipSync(text);
  if (path.endsWith('.br')) return brotliCompressSync(text);
  return text;
}

/** The field `n` of all records. */
export async function numbersOf(records: AsyncIterable<StoredRecord>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { n } of records) numbers.push(n as number);
  return numbers;
}

export async function allOf(lines: AsyncIterable<LogLine>): Promise<LogLine[]> {
  const all: LogLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
}
