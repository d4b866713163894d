/**
 * A moment.js format that prints a text as it is. moment takes `[text]` literally, save for a `[` in it, which it
 * prints as it is outside of brackets; winston-daily-rotate-file puts the outcome into a replacement string, where a
 * `$` counts double.
 */
export function literalPattern(text: string): string {
  return text
    .replaceAll('$', '$$$$')
    .split('[')
    .map((part) => (part === '' ? '' : `[${part}]`))
    .join('[');
}
