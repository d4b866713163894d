import { inspect } from 'node:util';
import { type ErrorRecord } from '../record/log-record';
import { visible } from './visible';

/** SGR parameters (ECMA-48, section 8.3.117). */
const DIM = '2';
const BOLD = '1';
/** Errors shown of one chain; a longer one is cut. */
const MAX_ERRORS = 50;
/** What is shown in a place of its own. */
const PLACED: ReadonlySet<string> = new Set(['name', 'message', 'code', 'stack', 'cause', 'errors']);
/** Somebody else's code: what is behind these frames is rarely the reader's to mend. */
const FOREIGN_FRAME = /[\\/]node_modules[\\/]|\bnode:/;

type Paint = (sgr: string, text: string) => string;

/**
 * The lines of an error: head with its code and own fields, its frames (those of node_modules and of Node dimmed),
 * then what it was caused by, and, further in, the errors of an AggregateError.
 */
export function prettyError(error: ErrorRecord, paint: Paint): string[] {
  return linesOf(error, paint, { left: MAX_ERRORS }).map(indent);
}

function linesOf(error: ErrorRecord, paint: Paint, budget: { left: number }): string[] {
  if (budget.left-- <= 0) return ['…'];
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const lines = [headOf(error, paint), ...frames.map((frame) => indent(showFrame(frame, paint)))];
  if (error.cause !== undefined) lines.push(...related('caused by', error.cause, paint, budget));
  const errors: unknown = error['errors'];
  if (Array.isArray(errors)) {
    errors.forEach((one, index) =>
      lines.push(...related(`error ${index + 1} of ${errors.length}`, one, paint, budget).map(indent)),
    );
  }
  return lines;
}

/** `Error: message [code] key=value`; the message is the record's, for a stack keeps the one it was made with. */
function headOf(error: ErrorRecord, paint: Paint): string {
  const name = textOf(error.name, 'Error');
  const message = textOf(error.message, '');
  let head = paint(BOLD, message === '' ? name : `${name}: ${message}`);
  if (error.code !== undefined) head += ` ${paint(DIM, `[${visible(String(error.code))}]`)}`;
  for (const [key, value] of Object.entries(error)) {
    if (!PLACED.has(key)) head += ` ${paint(DIM, `${visible(key)}=`)}${show(value)}`;
  }
  return head;
}

/** What stood under that name may have been anything. */
function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? visible(value) : value === undefined ? otherwise : show(value);
}

function show(value: unknown): string {
  return visible(inspect(value, { depth: 2, breakLength: Infinity, compact: true }));
}

function showFrame(frame: string, paint: Paint): string {
  const text = visible(frame.trim());
  return FOREIGN_FRAME.test(text) ? paint(DIM, text) : text;
}

function related(how: string, error: unknown, paint: Paint, budget: { left: number }): string[] {
  if (isErrorRecord(error)) return [how, ...linesOf(error, paint, budget)];
  return [`${how} ${show(error)}`];
}

function isErrorRecord(value: unknown): value is ErrorRecord {
  return typeof value === 'object' && value !== null && 'message' in value;
}

function indent(line: string): string {
  return `    ${line}`;
}
