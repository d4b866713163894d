/** What differs from run to run and from machine to machine, in what a program prints. In order. */
const MASKS = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>'],
  [/^\d\d:\d\d:\d\d\.\d{3}/gm, '<clock>'],
  [/"pid":\d+/g, '"pid":<pid>'],
  [/"host":"[^"]*"/g, '"host":<host>'],
  // The instance's part of an id; the sequence number behind it stays.
  [/\b[0-9A-HJKMNP-TV-Z]{20}(?=-\d+\b)/g, '<instance>'],
  [/\d+(?:\.\d+)? ms\b/g, '<n> ms'],
  [/(durationMs"?[=:] ?)\d+(?:\.\d+)?/g, '$1<n>'],
  [/"stack":"(?:[^"\\]|\\.)*"/g, '"stack":<stack>'],
  // Frames of a stack: paths, and what Node has between them and the program.
  [/(?:^ +at .*\n?)+/gm, '<frames>\n'],
];

/** Text that can be compared: without times, ids, hosts, durations, stacks and the ends of lines. */
export function maskOutput(text, folder) {
  const plain = folder === undefined ? text : text.replaceAll(folder, '<folder>');
  const masked = MASKS.reduce((result, [pattern, mask]) => result.replace(pattern, mask), plain);
  return masked.replace(/[ \t]+$/gm, '').trimEnd();
}
