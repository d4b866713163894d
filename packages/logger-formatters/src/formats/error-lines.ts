import { type ErrorRecord } from '@metaexpert/logger-core';
import { visible } from '../escape/visible';
import { errorDetails, innerErrors, isErrorRecord } from './error-causes';
import { stackFrames } from './stack-frames';
import { textPairs } from './text-pairs';

/** An error for people: head, own properties, frames, then its causes and the errors of an aggregate; each line indented. */
export function errorLines(error: ErrorRecord, label = '', indent = '  '): string {
  const { title, frames } = stackFrames(error);
  const code = error.code === undefined ? '' : ` [${visible(String(error.code))}]`;
  const lines = [`${indent}${label}${visible(title)}${code}${textPairs(errorDetails(error) ?? {})}`];
  for (const frame of frames) lines.push(`${indent}    ${visible(frame)}`);
  for (const inner of innerErrors(error)) lines.push(behind(inner, 'one of', `${indent}  `));
  if (error.cause !== undefined) lines.push(behind(error.cause, 'caused by', indent));
  return lines.join('\n');
}

function behind(value: unknown, label: string, indent: string): string {
  return isErrorRecord(value) ? errorLines(value, `${label} `, indent) : `${indent}${label}${textPairs({ value })}`;
}
