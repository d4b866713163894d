import { definePlugin, type ErrorRecord, type LogRecord } from '@metaexpert/logger-core';

/**
 * One line of plain text a record: `2026-11-21T08:00:00.123Z INFO ema-bot: order placed symbol=BTCUSDT`. An error
 * follows on lines of its own, indented, with its causes. Control characters are escaped, so that no field can
 * forge a line.
 */
export function text(record: LogRecord): string {
  const { timestamp, level, logger, message, fields, error } = record;
  let line = `${timestamp} ${level.toUpperCase()} ${escape(logger)}: ${escape(message)}`;
  for (const [key, value] of Object.entries(fields)) line += ` ${escape(key)}=${show(value)}`;
  return error === undefined ? line : `${line}\n${showError(error)}`;
}

/** What `format: 'text'` in plain configuration means. */
export const textPlugin = definePlugin({ kind: 'formatter', type: 'text', schema: {}, create: () => text });

function show(value: unknown): string {
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  return typeof value === 'string' && !/^[^\s"=]+$/.test(value) ? escape(JSON.stringify(plain)) : escape(plain);
}

function escape(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return character === '\n' ? '\\n' : `\\u${code.padStart(4, '0')}`;
  });
}

function showError(error: ErrorRecord, cause = ''): string {
  const code = error.code === undefined ? '' : ` [${String(error.code)}]`;
  const [head = '', ...frames] = (error.stack ?? `${error.name}: ${error.message}`).split('\n');
  const lines = [`  ${cause}${escape(head)}${code}`, ...frames.map((frame) => `      ${escape(frame.trim())}`)];
  if (isErrorRecord(error.cause)) lines.push(showError(error.cause, 'caused by '));
  return lines.join('\n');
}

function isErrorRecord(value: unknown): value is ErrorRecord {
  return typeof value === 'object' && value !== null && 'message' in value;
}
