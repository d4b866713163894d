import { ConfigError, type Fields, type Level, LEVELS, type LogRecord, nearestWord } from '@metaexpert/logger-core';
import { visible } from '../escape/visible';
import { locate, valueAt, withoutValue } from '../record/field-path';
import { keptLast } from '../record/kept';
import { ownValue, TRAILING_KEYS } from '../record/own-keys';
import { errorLines } from './error-lines';
import { textPairs, textValue } from './text-pairs';

/** A piece of a line; `fields` are those that the template does not place itself. */
type Piece = (record: LogRecord, fields: Readonly<Fields>) => string;

const CAPITALS = Object.fromEntries(LEVELS.map((level) => [level, level.toUpperCase()])) as Record<Level, string>;
const PLACEHOLDER = /\{\{|\}\}|\{([^{}:]*)(?::(-?\d{1,3}))?\}|[{}]/g;

/**
 * Compiles a template: `{level}` and the other words below are the record's own, `{fields}` the fields that the template
 * does not name, each after a blank, `{fields.symbol}` one of them by its path. A width after a colon fills with blanks, on
 * the left for `{seq:6}`, on the right for `{level:-8}`. `{{` and `}}` are braces.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, with every word that is not known
 */
export function compileTemplate(
  template: string,
  timestamp: (record: LogRecord) => string,
): (record: LogRecord) => string {
  const words = knownWords(timestamp);
  const pieces: Piece[] = [];
  const placed: string[] = [];
  const issues: string[] = [];
  let end = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    const [whole, word, width] = match;
    if (match.index > end) pieces.push(constant(template.slice(end, match.index)));
    end = match.index + whole.length;
    const path = word?.startsWith('fields.') === true ? word.slice('fields.'.length) : undefined;
    if (whole === '{{' || whole === '}}') pieces.push(constant(whole.charAt(0)));
    else if (path !== undefined) pieces.push(padded(fieldAt(path), width));
    else if (word !== undefined && words.has(word)) pieces.push(padded(words.get(word) as Piece, width));
    else issues.push(describe(whole, word, [...words.keys()]));
    if (path !== undefined) placed.push(path);
  }
  if (issues.length > 0) throw new ConfigError(issues.map((message) => ({ path: 'template', message })));
  if (end < template.length) pieces.push(constant(template.slice(end)));
  return join(pieces, placed);
}

function join(pieces: readonly Piece[], placed: readonly string[]): (record: LogRecord) => string {
  return (record) => {
    let { fields } = record;
    for (const path of placed) {
      const keys = locate(fields, path);
      if (keys !== undefined) fields = withoutValue(fields, keys);
    }
    let line = '';
    for (let i = 0; i < pieces.length; i++) line += (pieces[i] as Piece)(record, fields);
    return line;
  };
}

function knownWords(timestamp: (record: LogRecord) => string): Map<string, Piece> {
  const shown = keptLast(visible);
  const words = new Map<string, Piece>([
    ['timestamp', timestamp],
    ['level', ({ level }) => level],
    ['LEVEL', ({ level }) => CAPITALS[level]],
    ['logger', ({ logger }) => shown(logger)],
    ['message', ({ message }) => visible(message)],
    ['category', ({ category }) => category],
    ['fields', (_record, fields) => textPairs(fields)],
    ['error', ({ error }) => (error === undefined ? '' : `\n${errorLines(error)}`)],
  ]);
  for (const key of TRAILING_KEYS) {
    words.set(key, (record) => visible(String(ownValue(record, key) ?? '')));
  }
  return words;
}

function fieldAt(path: string): Piece {
  return ({ fields }) => {
    const keys = locate(fields, path);
    return keys === undefined ? '' : textValue(valueAt(fields, keys));
  };
}

function constant(text: string): Piece {
  return () => text;
}

function padded(piece: Piece, width: string | undefined): Piece {
  if (width === undefined) return piece;
  const size = Math.abs(Number(width));
  return width.startsWith('-')
    ? (record, fields) => piece(record, fields).padEnd(size)
    : (record, fields) => piece(record, fields).padStart(size);
}

function describe(whole: string, word: string | undefined, known: readonly string[]): string {
  if (word === undefined) return `a single '${whole}' is no text: write '${whole}${whole}'`;
  const near = nearestWord(word, known);
  const hint = near === undefined ? '' : ` (did you mean '{${near}}'?)`;
  return `'${whole}' is not one of ${known.map((name) => `{${name}}`).join(', ')}, {fields.<name>}${hint}`;
}
