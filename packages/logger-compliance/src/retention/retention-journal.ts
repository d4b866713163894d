import { randomUUID } from 'node:crypto';
import { type Logger } from '@metaexpert/logger-core';
import { ComplianceError } from '../errors';
import { createCompliance, type Compliance } from '../events/compliance';
import { EVENT_KINDS, type EventFields, type EventKind } from '../events/event-kinds';

/** Says in the log what retention is about to do and what it did. */
export class RetentionJournal {
  readonly #log: Logger;
  readonly #compliance: Compliance;

  constructor(log: Logger) {
    this.#log = log;
    this.#compliance = createCompliance(log);
  }

  event<K extends EventKind>(kind: K, fields: EventFields<K>): void {
    this.#compliance.event(kind, fields);
  }

  /**
   * Resolves when this event, and those before it, are durable where audit records have to be.
   *
   * @throws ComplianceError `MXL_RETENTION_NOT_LOGGED`
   */
  async durable<K extends EventKind>(kind: K, fields: EventFields<K>): Promise<void> {
    const about = { event: kind, eventVersion: EVENT_KINDS[kind].version, eventId: randomUUID() };
    try {
      await this.#log.audit(kind, { ...fields, ...about });
    } catch (thrown) {
      const why = (thrown as Error).message;
      throw new ComplianceError('MXL_RETENTION_NOT_LOGGED', `${kind} is not in the log: ${why}`, thrown);
    }
  }
}
