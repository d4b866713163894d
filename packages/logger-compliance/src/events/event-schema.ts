import { type Fields, toError } from '@metaexpert/logger-core';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { EventForm } from './event-form';
import { EventForms } from './event-forms';
import { EVENT_FORMATS } from './event-formats';
import { type EventIssue, explainError, notKnown } from './event-issue';
import { EVENT_KINDS, type EventKind } from './event-kinds';
import { type EventHead, recordOf } from './event-record';

// A text's limit is one of memory: to count code points instead of units takes half of a validation. ajv would warn of that.
const ajv = new Ajv({ allErrors: true, verbose: true, unicode: false, logger: false });
for (const [name, { check }] of Object.entries(EVENT_FORMATS)) ajv.addFormat(name, check);

const TRADING = /^(?:order\.|signal$|position$)/;

/** Whether events of this kind have the category `trade`; all others have `audit`. */
export function isTrading(kind: string): boolean {
  return TRADING.test(kind);
}

/** An event that was read. */
export interface EventReading {
  /** Everything that is wrong with it; empty when it is as its schema says. */
  readonly issues: EventIssue[];
  /** Of a valid event: an object of our own. */
  readonly record?: Fields;
}

/** One kind of event. Its schema is compiled when it is first asked for, which takes milliseconds. */
export class EventSchema {
  readonly version: number;
  readonly trading: boolean;
  readonly #kind: EventKind;
  readonly #forms: EventForms;
  #validate: ValidateFunction | undefined;

  constructor(kind: EventKind) {
    this.version = EVENT_KINDS[kind].version;
    this.trading = isTrading(kind);
    this.#kind = kind;
    this.#forms = new EventForms(Object.keys(EVENT_KINDS[kind].fields.schema['properties'] as object));
  }

  /** Everything that is wrong with an event. Never throws, whatever its fields do. */
  validate(fields: unknown): EventIssue[] {
    try {
      const found = this.#check(fields);
      return found instanceof EventForm ? [] : found;
    } catch (thrown) {
      return [unreadable(thrown)];
    }
  }

  /** An event as a record. Never throws, whatever its fields do. */
  read(fields: unknown, head: EventHead): EventReading {
    try {
      const found = this.#check(fields);
      if (found instanceof EventForm && head.corrects === undefined && !head.symbols)
        return { issues: [], record: found.copy(fields as object, this.#kind, this.version, head.id) };
      if (!(found instanceof EventForm) && found.length > 0) return { issues: found };
      return { issues: [], record: recordOf(fields as object, this.#kind, this.version, head) };
    } catch (thrown) {
      return { issues: [unreadable(thrown)] };
    }
  }

  /** A valid event's form or, if there is none for it, everything that is wrong with it. */
  #check(fields: unknown): EventForm | EventIssue[] {
    const validate = (this.#validate ??= compile(this.#kind));
    const errors = validate(fields) ? [] : (validate.errors ?? []);
    // Of another type, it has no keys to be looked at.
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return errors.map(explainError);
    const form = errors.length === 0 ? this.#forms.of(fields) : undefined;
    if (form !== undefined) return form;
    const unknown = this.#forms.unknownOf(fields).map((key) => notKnown([key]));
    // In ajv's order: what is missing, what is not known, what has a wrong value.
    const missing = errors.filter(isMissing).map(explainError);
    return [...missing, ...unknown, ...errors.filter((error) => !isMissing(error)).map(explainError)];
  }
}

/** Unknown keys are not left to ajv: to look each one up takes it half of its time. */
function compile(kind: EventKind): ValidateFunction {
  const { additionalProperties, ...schema } = EVENT_KINDS[kind].fields.schema;
  return ajv.compile(schema);
}

function isMissing({ keyword, instancePath }: ErrorObject): boolean {
  return keyword === 'required' && instancePath === '';
}

/** A getter or a proxy has thrown; it must not throw at the trading loop. */
function unreadable(thrown: unknown): EventIssue {
  return { field: 'fields', message: `cannot be read: ${toError(thrown).message}` };
}

const schemas = new Map<string, EventSchema>();

/** The one of this name; undefined when there is no such kind. */
export function eventSchema(kind: string): EventSchema | undefined {
  const known = schemas.get(kind);
  if (known !== undefined || !Object.hasOwn(EVENT_KINDS, kind)) return known;
  const schema = new EventSchema(kind as EventKind);
  schemas.set(kind, schema);
  return schema;
}
