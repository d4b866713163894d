import { type Fields, type Logger, systemClock, type Clock, toError } from '@metaexpert/logger-core';
import { ComplianceError } from '../errors';
import { askCheck, type Check, type ComplianceEvent, type Finding } from './check';
import { checkComplianceOptions, type ComplianceOptions, type OnInvalid } from './compliance-options';
import { createEventIds } from './event-ids';
import { readable, withHead } from './event-record';
import { type EventIssue, notAKind } from './event-issue';
import { type EventFields, type EventKind } from './event-kinds';
import { eventSchema, isTrading } from './event-schema';

/** A rule that was broken, or an event that is not as its schema says. */
export interface Violation {
  /** The check's name; `schema` for an invalid event. */
  readonly rule: string;
  readonly reason: string;
  readonly event: { readonly kind: string; readonly id: string; readonly fields: unknown };
  /** What is wrong with each field of an invalid event. */
  readonly issues?: readonly EventIssue[];
  readonly finding?: Finding;
  /** What the check threw. */
  readonly error?: Error;
}

/** What an event gave. */
export interface EventReceipt {
  /** What a correction names, and the record's `eventId`. */
  readonly id: string;
  /** Empty when the event is as its schema says. */
  readonly issues: readonly EventIssue[];
}

/** Says in the log what happened, in records that are typed, checked and versioned. */
export class Compliance {
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #nextId = createEventIds();
  readonly #checks = new Map<string, Check>();
  readonly #eventListeners = new Set<(event: ComplianceEvent) => void>();
  readonly #violationListeners = new Set<(violation: Violation) => void>();
  /** May be changed while running. */
  onInvalid: OnInvalid;

  constructor(log: Logger, { onInvalid = 'flag', clock = systemClock }: ComplianceOptions) {
    this.#log = log;
    this.#clock = clock;
    this.onInvalid = onInvalid;
  }

  /**
   * Logs an event: orders and positions under the category `trade`, everything else under `audit`.
   *
   * @throws ComplianceError `MXL_EVENT_INVALID` under `onInvalid: 'throw'`
   * @example compliance.event('order.cancelled', { orderId: 'A1', symbol: 'BTCUSDT' });
   */
  event<K extends EventKind>(kind: K, fields: EventFields<K>): EventReceipt {
    return this.#event(kind, fields, undefined);
  }

  /**
   * Logs what an event should have said, as a record of its own: the first one stays as it is.
   *
   * @param id - of the event that was wrong, from its receipt or its record's `eventId`
   */
  correct<K extends EventKind>(id: string, kind: K, fields: EventFields<K>): EventReceipt {
    return this.#event(kind, fields, typeof id === 'string' ? id : '');
  }

  /** Adds a rule, or puts it in the place of the one of this name. @returns what takes it away again */
  check(name: string, check: Check): () => void {
    this.#checks.set(name, check);
    return () => {
      if (this.#checks.get(name) === check) this.#checks.delete(name);
    };
  }

  /** @returns whether there was one of this name */
  removeCheck(name: string): boolean {
    return this.#checks.delete(name);
  }

  /** The names of the rules in force, in the order in which they run. */
  get checks(): readonly string[] {
    return [...this.#checks.keys()];
  }

  /** Called for each valid event, after it has been logged. @returns what ends that */
  onEvent(listener: (event: ComplianceEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  /** Called for each violation, after it has been logged. @returns what ends that */
  onViolation(listener: (violation: Violation) => void): () => void {
    this.#violationListeners.add(listener);
    return () => this.#violationListeners.delete(listener);
  }

  #event(given: unknown, fields: Fields | EventFields<EventKind>, corrects: string | undefined): EventReceipt {
    const kind = String(given) as EventKind;
    const id = this.#nextId();
    const schema = eventSchema(kind);
    const symbols = (this.#log as { format?: unknown }).format !== undefined;
    const { issues, record } = schema?.read(fields, { id, corrects, symbols }) ?? { issues: [notAKind(kind)] };
    if (corrects === '') issues.push({ field: 'corrects', message: 'is no id of an event' });
    if (record === undefined || issues.length > 0) {
      this.#invalid(kind, id, fields, issues, corrects);
      return { id, issues };
    }
    if (schema?.trading === true) {
      this.#log.trade(kind, record);
    } else {
      record['category'] = 'audit';
      this.#log.info(kind, record);
    }
    if (this.#eventListeners.size > 0 || this.#checks.size > 0) {
      const event = { kind, id, time: this.#clock.now(), fields, ...(corrects === undefined ? {} : { corrects }) };
      this.#tell(this.#eventListeners, event as ComplianceEvent);
      for (const [name, check] of this.#checks) this.#run(name, check, event as ComplianceEvent);
    }
    return { id, issues };
  }

  #invalid(kind: EventKind, id: string, fields: unknown, issues: readonly EventIssue[], corrects?: string): void {
    const texts = issues.map(({ field, message }) => `${field}: ${message}`);
    const kept = this.onInvalid === 'flag' ? readable(fields) : {};
    this.#warn(kind, id, { ...kept, ...(corrects === undefined ? {} : { corrects }), invalid: texts });
    const reason = `invalid event ${kind}: ${texts.join('; ')}`;
    this.#tell(this.#violationListeners, { rule: 'schema', reason, event: { kind, id, fields }, issues });
    if (this.onInvalid === 'throw') throw new ComplianceError('MXL_EVENT_INVALID', reason);
  }

  #run(name: string, check: Check, event: ComplianceEvent): void {
    const { finding, error } = askCheck(check, event);
    if (finding === undefined && error === undefined) return;
    const reason = finding?.reason ?? `the check failed: ${error?.message ?? ''}`;
    const { symbol, orderId } = event.fields as { symbol?: string; orderId?: string };
    this.#warn('risk.violation', this.#nextId(), {
      rule: name, reason, ofEvent: event.id, symbol, orderId, limit: finding?.limit, actual: finding?.actual,
    }); // prettier-ignore
    const violation = { rule: name, reason, event, ...(finding && { finding }), ...(error && { error }) };
    this.#tell(this.#violationListeners, violation);
  }

  /** @param about - an object of our own */
  #warn(kind: EventKind, id: string, about: Fields): void {
    const { version, trading } = eventSchema(kind) ?? { version: 0, trading: isTrading(kind) };
    const record = withHead(about, kind, version, id);
    record['category'] = trading ? 'trade' : 'audit';
    this.#log.warning(kind, record);
  }

  /** A listener is the application's own code; what it throws must not reach the trading loop. */
  #tell<T>(listeners: ReadonlySet<(about: T) => void>, about: T): void {
    for (const listener of listeners) {
      try {
        listener(about);
      } catch (thrown) {
        this.#log.error('a compliance listener failed', toError(thrown));
      }
    }
  }
}

/**
 * Events for a logger.
 *
 * @throws ConfigError for options that it does not know
 */
export function createCompliance(log: Logger, options: ComplianceOptions = {}): Compliance {
  checkComplianceOptions(options);
  return new Compliance(log, options);
}
