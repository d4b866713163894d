import { encodeString } from './encode-string';
import { type FieldLayer } from './field-layer';
import { LineHead } from './line-head';

/** What a logger or a child of it adds to each of its records. */
export interface RecordScope {
  readonly name: string;
  readonly bound: FieldLayer;
  /** Its name as JSON. */
  readonly logger: string;
  /** The beginning of a line, by rank; made when first used, for most children log once. */
  readonly heads: LineHead[];
  /** Whether there are more bytes than characters in it. */
  readonly wide: boolean;
}

/** @param host - what the tail of each line says of the process */
export function createScope(name: string, bound: FieldLayer, host: string): RecordScope {
  const logger = encodeString(name);
  return { name, bound, logger, heads: [], wide: isWide(logger) || isWide(host) || bound.wide };
}

/** The beginning of a scope's lines of one rank. */
export function headOf({ heads, logger }: RecordScope, rank: number, simulated: boolean): LineHead {
  return (heads[rank] ??= new LineHead(rank, logger, simulated));
}

function isWide(text: string): boolean {
  return Buffer.byteLength(text) !== text.length;
}
