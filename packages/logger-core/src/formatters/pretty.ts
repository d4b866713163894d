import { inspect } from 'node:util';
import { type Level } from '../level';
import { type ErrorRecord, type LogRecord } from '../record/log-record';

/** SGR parameters (ECMA-48, section 8.3.117). */
const COLORS: Readonly<Record<Level, string>> = {
  critical: '97;41',
  error: '31',
  warning: '33',
  trade: '36',
  info: '32',
  debug: '90',
};

const DIM = '2';
const BOLD = '1';

/** Options of a pretty formatter. */
export interface PrettyOptions {
  /** @default true when stdout is a terminal, unless NO_COLOR is set; FORCE_COLOR turns it on */
  colors?: boolean;
}

/** A formatter for people: time, level, logger, message, fields, and errors with their causes. */
export function createPretty({ colors = terminalHasColors() }: PrettyOptions = {}): (record: LogRecord) => string {
  const paint = (sgr: string, text: string): string => (colors ? `\u001b[${sgr}m${text}\u001b[0m` : text);
  return (record) => {
    const { level, logger, message, fields, error, timestamp, simulatedTime } = record;
    const time = (simulatedTime ?? timestamp).slice(11, 23);
    let line = `${paint(DIM, time)} ${paint(COLORS[level], level.toUpperCase().padEnd(8))} ${paint(DIM, logger)}  ${visible(message)}`;
    for (const [key, value] of Object.entries(fields)) line += ` ${paint(DIM, `${visible(key)}=`)}${show(value)}`;
    return error === undefined ? line : `${line}\n${showError(error, paint, '    ')}`;
  };
}

/** The default pretty formatter; whether it colours is decided when it is first used. */
export function pretty(record: LogRecord): string {
  defaultPretty ??= createPretty();
  return defaultPretty(record);
}

let defaultPretty: ((record: LogRecord) => string) | undefined;

function terminalHasColors(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
  return process.stdout.isTTY && (NO_COLOR ?? '') === '';
}

/** A message must not move the cursor or end the line early: control characters are shown, not sent. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) =>
    character === '\t' ? character : JSON.stringify(character).slice(1, -1),
  );
}

function show(value: unknown): string {
  if (typeof value === 'string') return /^[^\s"'=\p{Cc}]+$/u.test(value) ? value : JSON.stringify(value);
  return inspect(value, { depth: 4, breakLength: Infinity, compact: true });
}

function showError(error: ErrorRecord, paint: (sgr: string, text: string) => string, indent: string): string {
  const [head = '', ...frames] = (error.stack ?? `${error.name}: ${error.message}`).split('\n');
  const code = error.code === undefined ? '' : ` ${paint(DIM, `[${error.code}]`)}`;
  const lines = [paint(BOLD, visible(head)) + code];
  for (const frame of frames) {
    const text = visible(frame.trim());
    lines.push(`    ${/node_modules|node:/.test(text) ? paint(DIM, text) : text}`);
  }
  const text = lines.map((line) => indent + line).join('\n');
  return isErrorRecord(error.cause) ? `${text}\n${indent}caused by\n${showError(error.cause, paint, indent)}` : text;
}

function isErrorRecord(value: unknown): value is ErrorRecord {
  return typeof value === 'object' && value !== null && 'message' in value;
}
