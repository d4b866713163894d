import { type Entry } from '@metaexpert/logger-core';
import { fieldText } from '../http/field-text';

/** Entries of the same labels. */
export interface LokiStream {
  readonly labels: Readonly<Record<string, string>>;
  readonly entries: LokiEntry[];
}

interface LokiEntry {
  /** Milliseconds. */
  readonly time: number;
  readonly line: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface StreamKeys {
  readonly labels: Readonly<Record<string, string>>;
  readonly labelKeys: readonly string[];
  readonly metadataKeys: readonly string[];
}

/** A batch by its labels, each stream in the order of the records. */
export function lokiStreams(batch: readonly Entry[], keys: StreamKeys): LokiStream[] {
  const streams = new Map<string, LokiStream>();
  for (const { payload, record } of batch) {
    const labels = { ...keys.labels, ...pick(record, keys.labelKeys) };
    const key = JSON.stringify(labels);
    let stream = streams.get(key);
    if (stream === undefined) streams.set(key, (stream = { labels, entries: [] }));
    stream.entries.push({ time: record.time, line: payload, metadata: pick(record, keys.metadataKeys) });
  }
  return [...streams.values()];
}

function pick(record: Entry['record'], keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = fieldText(record, key);
      return text === undefined ? [] : [[key.replace(/[^A-Za-z0-9_]/g, '_'), text]];
    }),
  );
}
