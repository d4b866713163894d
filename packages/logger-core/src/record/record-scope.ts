import { encodeString } from './encode-string';
import { type FieldLayer } from './field-layer';
import { LineHead } from './line-head';

/** What all loggers of one name have in common. */
export interface NamedScope {
  readonly name: string;
  /** The name as JSON. */
  readonly logger: string;
  /** The beginning of a line, by rank; made when first used. */
  readonly heads: LineHead[];
  /** Whether there are more bytes than characters in it. */
  readonly wide: boolean;
}

/** What a logger or a child of it adds to each of its records. */
export interface RecordScope extends NamedScope {
  readonly bound: FieldLayer;
}

/** @param host - what the tail of each line says of the process */
export function createNamedScope(name: string, host: string): NamedScope {
  const logger = encodeString(name);
  return { name, logger, heads: [], wide: isWide(logger) || isWide(host) };
}

export function createScope({ name, logger, heads, wide }: NamedScope, bound: FieldLayer): RecordScope {
  return { name, logger, heads, wide: wide || bound.line.wide, bound };
}

/** The beginning of a scope's lines of one rank. */
export function headOf({ heads, logger }: RecordScope, rank: number, simulated: boolean): LineHead {
  return (heads[rank] ??= new LineHead(rank, logger, simulated));
}

function isWide(text: string): boolean {
  return Buffer.byteLength(text) !== text.length;
}
