const NONE: readonly RegExpExecArray[] = [];

/**
 * Every match of a pattern with the flag `g`. `matchAll` would make a copy of the pattern at each call, which costs more
 * than to search a short text.
 */
export function findAll(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (match === null) return NONE;
  const all: RegExpExecArray[] = [];
  for (; match !== null; match = pattern.exec(text)) {
    all.push(match);
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return all;
}
