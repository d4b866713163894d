import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LINE_BYTES = 250;
const ARCHIVES = 100;
const START_MS = Date.parse('2026-11-21T00:00:00.000Z');
const SPAN_MS = 6 * 3_600_000;

/** What {@link layArchives} makes of so many megabytes of text: how many records, and the `n` of the first at or after an instant. */
export function planArchives(megabytes) {
  const records = Math.floor((megabytes * 1e6) / LINE_BYTES);
  const stepMs = SPAN_MS / records;
  return { records, stepMs, startMs: START_MS, firstAt: (ms) => Math.ceil((ms - START_MS) / stepMs) };
}

/** Six hours of records in a hundred rotated archives and a live file. */
export function layArchives(folder, megabytes) {
  mkdirSync(folder, { recursive: true });
  const { records, stepMs } = planArchives(megabytes);
  const perFile = Math.ceil(records / (ARCHIVES + 1));
  for (let file = 0, n = 0; n < records; file++) {
    const lines = [];
    for (const end = Math.min(records, n + perFile); n < end; n++) lines.push(lineOf(n, START_MS + n * stepMs));
    const text = lines.join('');
    if (n < records) writeFileSync(join(folder, `app.log.${file + 1}.gz`), gzipSync(text, { level: 1 }));
    else writeFileSync(join(folder, 'app.log'), text);
  }
}

function lineOf(n, ms) {
  const timestamp = new Date(Math.floor(ms)).toISOString();
  const price = (60_000 + ((n * 7919) % 9973)).toFixed(2);
  const line = `{"timestamp":"${timestamp}","level":"info","logger":"bot","message":"order placed","category":"general","n":${n},"symbol":"BTCUSDT","price":"${price}","orderId":"${n * 2654435761}","pad":"`;
  return `${line.padEnd(LINE_BYTES - 3, 'x')}"}\n`;
}
