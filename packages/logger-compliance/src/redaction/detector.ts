import { findAll } from './find-all';
import { type PlainLimits } from './plain-text';

/** A part of a text: from the first character to behind the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds one kind of secret in a text, in time linear in its length whatever the text is: no pattern has a repetition
 * inside of one, and what may fail at every character fails within a bounded number of steps.
 */
export interface Detector {
  /** Its name in options and reports. */
  readonly name: string;
  /** Bits of {@link Shape}, any of which a text must have to hold such a secret; 0 for none. */
  readonly needs: number;
  /** Shorter texts hold none. */
  readonly minLength: number;
  /** What plain text must be so that it holds none. */
  readonly plain: PlainLimits;
  /** Whether it finds a secret also where each word of it is an element of a list. @default false */
  readonly inLists?: boolean;
  find(text: string): Iterable<Span>;
}

/** A detector of what a regular expression finds; group `secret`, where there is one, is what is hidden. */
export function patternDetector({ name, needs, minLength, plain }: Omit<Detector, 'find'>, pattern: RegExp): Detector {
  const indexed = pattern.source.includes('(?<secret>');
  return {
    name,
    needs,
    minLength,
    plain,
    *find(text) {
      for (const match of findAll(pattern, text)) {
        const secret = indexed ? match.groups?.['secret'] : match[0];
        if (secret === undefined || secret === '') continue;
        // The secret is at the end of what was found.
        const end = match.index + match[0].length;
        yield { start: end - secret.length, end };
      }
    },
  };
}
