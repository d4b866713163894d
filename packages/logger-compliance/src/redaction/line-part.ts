import { type Place } from './key-matcher';
import { type Rule } from './rule';

/** A string, or a number or word, that no rule for keys hides. */
export interface Leaf {
  readonly kind: 'text' | 'number';
  readonly place: Place;
  /** The plain JSON text that stood here when the form was learned: most texts of a call site come again. */
  readonly sample: string;
  /** Whether one has been seen here that is not plain, so that each has to be searched. */
  searched: boolean;
}

/** A string or number that is hidden by its key. */
export interface Hidden {
  readonly kind: 'hidden';
  readonly rule: Rule;
  /** Of a record's own member, which has a form to keep; else empty. */
  readonly recordKey: string;
}

/** A scalar that holds nothing of the user's. */
interface Untouched {
  readonly kind: 'untouched';
  /** As of a leaf. */
  readonly sample: string;
}

/** What a line consists of: text as it stands, leaves, arrays of plain leaves, and values that hold nothing of the user's. */
export type Part = string | Leaf | Hidden | Untouched | { readonly kind: 'array' };

export function isLeaf(part: Part): part is Leaf {
  return typeof part === 'object' && (part.kind === 'text' || part.kind === 'number');
}

/** Whether what stands there is looked at in each line. */
export function isCaptured(part: Part): part is Leaf | Hidden {
  return typeof part === 'object' && (part.kind === 'hidden' || (isLeaf(part) && part.searched));
}

/** The plain JSON text that stood there; undefined where none is kept. */
export function sampleOf(part: Part): string | undefined {
  return typeof part === 'object' && 'sample' in part && !isCaptured(part) ? part.sample : undefined;
}
