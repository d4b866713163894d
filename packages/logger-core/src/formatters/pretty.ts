import { inspect } from 'node:util';
import { type Level } from '../level';
import { type LogRecord } from '../record/log-record';
import { prettyError } from './pretty-error';
import { visible } from './visible';

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
    let line = `${paint(DIM, time)} ${paint(COLORS[level], level.toUpperCase().padEnd(8))} ${paint(DIM, visible(logger))}  ${visible(message)}`;
    for (const [key, value] of Object.entries(fields)) line += ` ${paint(DIM, `${visible(key)}=`)}${show(value)}`;
    return error === undefined ? line : `${line}\n${prettyError(error, paint).join('\n')}`;
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

function show(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string')
    return /^[^\s"'=\p{Cc}]+$/u.test(value) ? visible(value) : visible(JSON.stringify(value));
  return visible(inspect(value, { depth: 4, breakLength: Infinity, compact: true }));
}
