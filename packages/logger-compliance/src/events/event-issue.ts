import { inspect } from 'node:util';
import { type ErrorObject } from 'ajv';
import { EVENT_FORMATS } from './event-formats';
import { EVENT_KINDS } from './event-kinds';

/** One thing that is wrong with an event. */
export interface EventIssue {
  /** Which field: `rts24.limitPrice`. */
  readonly field: string;
  /** What was found and what is allowed. */
  readonly message: string;
}

/** What ajv has found, in words. */
export function explainError({ instancePath, keyword, params, data, schema }: ErrorObject): EventIssue {
  const at = instancePath.split('/').slice(1);
  const given = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'required':
      return { field: [...at, String(given['missingProperty'])].join('.'), message: 'is missing' };
    case 'additionalProperties':
      return notKnown([...at, String(given['additionalProperty'])]);
    default:
      return { field: at.join('.') || 'fields', message: `${show(data)} is not ${allowed(keyword, given, schema)}` };
  }
}

/** @param path - of a field that the schema does not name */
export function notKnown(path: readonly string[]): EventIssue {
  return { field: path.join('.'), message: 'is not known; put it into details' };
}

/** @param kind - that there is not */
export function notAKind(kind: unknown): EventIssue {
  return { field: 'event', message: `${show(kind)} is not one of ${Object.keys(EVENT_KINDS).join(', ')}` };
}

function allowed(keyword: string, params: Readonly<Record<string, unknown>>, schema: unknown): string {
  switch (keyword) {
    case 'type':
      return `of type ${String(params['type'])}`;
    case 'enum':
      return `one of ${(params['allowedValues'] as readonly string[]).join(', ')}`;
    case 'format':
      return EVENT_FORMATS[String(params['format'])]?.what ?? String(params['format']);
    case 'pattern':
      return schema === '^[^-]' ? 'zero or more' : `of the form ${String(schema)}`;
    default:
      return `${keyword} ${inspect(schema)}`;
  }
}

function show(value: unknown): string {
  return inspect(value, { depth: 0, maxStringLength: 64, breakLength: Infinity });
}
