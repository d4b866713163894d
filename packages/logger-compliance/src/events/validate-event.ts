import { inspect } from 'node:util';
import { toError } from '@metaexpert/logger-core';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { EVENT_KINDS, type EventKind } from './event-kinds';
import { isDecimal, isDti, isLei, isUtcTime } from './identifiers';

/** One thing that is wrong with an event. */
export interface EventIssue {
  /** Which field: `rts24.limitPrice`. */
  readonly field: string;
  /** What was found and what is allowed. */
  readonly message: string;
}

const FORMATS: Readonly<Record<string, { readonly check: (text: string) => boolean; readonly what: string }>> = {
  decimal: { check: isDecimal, what: `a decimal number as text, such as '0.015'` },
  lei: { check: isLei, what: 'a legal entity identifier with the right check digits (ISO 17442)' },
  dti: { check: isDti, what: 'a digital token identifier with the right check character (ISO 24165)' },
  'utc-time': { check: isUtcTime, what: `a time in UTC, such as '2026-11-21T08:00:00.123456Z'` },
};

// A text's limit is one of memory: to count code points instead of units takes half of a validation. ajv would warn of that.
const ajv = new Ajv({ allErrors: true, verbose: true, unicode: false, logger: false });
for (const [name, { check }] of Object.entries(FORMATS)) ajv.addFormat(name, check);

const compiled = new Map<EventKind, ValidateFunction>();

/** Everything that is wrong with an event; empty when it is as its schema says. */
export function validateEvent(kind: EventKind, fields: unknown): EventIssue[] {
  if (!Object.hasOwn(EVENT_KINDS, kind)) {
    return [{ field: 'event', message: `${show(kind)} is not one of ${Object.keys(EVENT_KINDS).join(', ')}` }];
  }
  const validate = compiled.get(kind) ?? ajv.compile(EVENT_KINDS[kind].fields.schema);
  compiled.set(kind, validate);
  try {
    return validate(fields) ? [] : (validate.errors ?? []).map(explain);
  } catch (thrown) {
    // A getter or a proxy; it must not throw at the trading loop.
    return [{ field: 'fields', message: `cannot be read: ${toError(thrown).message}` }];
  }
}

function explain({ instancePath, keyword, params, data, schema }: ErrorObject): EventIssue {
  const at = instancePath.split('/').slice(1);
  const given = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'required':
      return { field: [...at, String(given['missingProperty'])].join('.'), message: 'is missing' };
    case 'additionalProperties':
      return {
        field: [...at, String(given['additionalProperty'])].join('.'),
        message: 'is not known; put it into details',
      };
    default:
      return { field: at.join('.') || 'fields', message: `${show(data)} is not ${allowed(keyword, given, schema)}` };
  }
}

function allowed(keyword: string, params: Readonly<Record<string, unknown>>, schema: unknown): string {
  switch (keyword) {
    case 'type':
      return `of type ${String(params['type'])}`;
    case 'enum':
      return `one of ${(params['allowedValues'] as readonly string[]).join(', ')}`;
    case 'format':
      return FORMATS[String(params['format'])]?.what ?? String(params['format']);
    case 'pattern':
      return schema === '^[^-]' ? 'zero or more' : `of the form ${String(schema)}`;
    default:
      return `${keyword} ${inspect(schema)}`;
  }
}

function show(value: unknown): string {
  return inspect(value, { depth: 0, maxStringLength: 64, breakLength: Infinity });
}
