import { type ErrorObject } from 'ajv';
import { inspect } from 'node:util';
import { type ConfigIssue } from '../errors';
import { nearestWord } from './nearest-word';
import { WINSTON_NAMES } from './winston-names';

/** ajv's report in words a person can act on: where, what was given, what is allowed, and the nearest known word. */
export function explainMistakes(errors: readonly ErrorObject[], root: string): ConfigIssue[] {
  const issues = new Map<string, ConfigIssue>();
  for (const error of errors) {
    // Of a failed anyOf, its branches have said what is wrong.
    if (
      error.keyword === 'anyOf' &&
      errors.some((other) => other !== error && other.instancePath.startsWith(error.instancePath))
    )
      continue;
    const issue = explain(error, root);
    issues.set(`${issue.path}\n${issue.message}`, issue);
  }
  return [...issues.values()];
}

function explain(error: ErrorObject, root: string): ConfigIssue {
  const path = toPath(root, error.instancePath);
  const given = show(error.data);
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String);
      const near = typeof error.data === 'string' ? nearestWord(error.data, allowed) : undefined;
      return { path, message: `${given} is not one of ${allowed.join(', ')}${hint(near)}` };
    }
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {});
      const near = path === '' && Object.hasOwn(WINSTON_NAMES, key) ? winstonHint(key) : hint(nearestWord(key, known));
      return { path: join(path, key), message: `unknown option${near}; known are ${known.join(', ')}` };
    }
    case 'required':
      return { path: join(path, String(params['missingProperty'])), message: 'is missing' };
    case 'type':
      return { path, message: `${given} is not ${article(String(params['type']))}` };
    case 'minLength':
      return { path, message: params['limit'] === 1 ? 'is empty' : `${given} ${error.message}` };
    case 'pattern': {
      const { description } = (error.parentSchema ?? {}) as { description?: string };
      return { path, message: `${given} ${description === undefined ? error.message : `is not ${description}`}` };
    }
    case 'const':
      return { path, message: `${given} is not ${show(params['allowedValue'])}` };
    default:
      return { path, message: `${given} ${error.message ?? 'is not allowed'}` };
  }
}

function winstonHint(key: string): string {
  return ` (winston's; here it is ${WINSTON_NAMES[key]})`;
}

function hint(near: string | undefined): string {
  return near === undefined ? '' : ` (did you mean '${near}'?)`;
}

function article(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function show(value: unknown): string {
  return inspect(value, { depth: 1, breakLength: Infinity, maxStringLength: 80 });
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** `/destinations/1/queue` to `destinations[1].queue`. */
function toPath(root: string, pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : join(path, part)), root);
}
