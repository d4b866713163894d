import { type FieldMarks } from './field-marks';
import { type HostFacts } from './host-fields';
import { type Fields } from './log-record';
import { copyFields } from './merge-fields';

/** What somebody will ask for of each line as soon as it is written. */
export interface Collected {
  /** The fields as values: for those who want the record. */
  readonly values: boolean;
  /** Where the fields stand: for formatters that write with the line's own pieces. */
  readonly marks: boolean;
}

/** Fields that were written before, with where they stand. */
interface KnownFields {
  readonly values: Fields;
  readonly marks: FieldMarks | undefined;
}

/** What is known of a line while it is written, and would have to be read back from it afterwards. */
export class LineFacts {
  message = '';
  /** Where its JSON stands in the line. */
  messageFrom = 0;
  messageTo = 0;
  /** Where the fields stand, from the comma before the first to the end of the last. */
  from = 0;
  to = 0;
  seq = 0;
  instance = '';
  host: HostFacts | undefined;
  /** The fields as the line has them, under their own names, if somebody will ask for them. */
  readonly fields: Fields | undefined;
  /** Where each of them stands, likewise. */
  readonly marks: FieldMarks | undefined;
  readonly #turn: number;

  /** @param marks - of the pen that writes the line: they hold for as long as it writes no other one */
  constructor(fields: Fields | undefined, marks: FieldMarks | undefined) {
    this.fields = fields;
    this.marks = marks;
    this.#turn = marks?.turn ?? 0;
  }

  place(messageFrom: number, messageTo: number, from: number, to: number): void {
    this.messageFrom = messageFrom;
    this.messageTo = messageTo;
    this.from = from;
    this.to = to;
  }

  /** @param host - undefined when the line leaves some of it out: then it is not like most, and nobody is told its facts */
  complete(message: string, host: HostFacts | undefined, seq: number, instance: string): this | undefined {
    if (this.fields !== undefined) Object.freeze(this.fields);
    this.message = message;
    this.host = host;
    this.seq = seq;
    this.instance = instance;
    return host === undefined ? undefined : this;
  }

  /** Fields that stand first in the line. */
  add(layer: KnownFields): void {
    if (this.fields !== undefined) copyFields(layer.values, this.fields);
    if (layer.marks !== undefined) this.marks?.addAll(layer.marks);
  }

  /** Whether it is known where each field stands. */
  get marked(): boolean {
    return this.marks !== undefined && this.marks.turn === this.#turn;
  }
}

/**
 * What is to be kept of the line that is being written; undefined when nobody will ask.
 *
 * @param marks - of the pen, if it can have them
 * @param origin - length of the line before its fields
 */
export function beginFacts(collects: Collected, marks: FieldMarks | undefined, origin: number): LineFacts | undefined {
  if (!collects.values && !collects.marks) return undefined;
  if (!collects.marks) return new LineFacts({}, undefined);
  marks?.begin(origin);
  return new LineFacts(collects.values ? {} : undefined, marks);
}
