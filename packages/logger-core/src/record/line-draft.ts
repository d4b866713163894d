import { LEVELS, type Level } from '../level';
import { countDigits } from './count-digits';
import { type FieldMarks } from './field-marks';
import { type HostFacts } from './host-fields';
import { type LineFacts } from './line-facts';
import { type LineText } from './line-text';
import { type LineWriter } from './line-writer';
import { type Category } from './log-record';
import { type Snapshot } from './snapshot';
import { type Stamp } from './stamp';

/** Where every line has its time, in quotes. */
const TIME_FROM = '{"timestamp":'.length;
const TIME_TO = TIME_FROM + '"2026-11-21T08:00:00.123Z"'.length;
/** Every line ends so: `…,"seq":17,"id":"01j…-17"}`. */
const BEHIND_ID = '}'.length;
const BEFORE_ID = ',"id":'.length;
/** In it, beside the instance and the number. */
const AROUND_ID = '"-"'.length;
/** Up to there, digits can be counted fast. */
const COUNTABLE = 1e9;

/** A line whose parts are known. */
type KnownFacts = LineFacts & { readonly marks: FieldMarks; readonly host: HostFacts };

/**
 * What a formatter writes a record's text with: stamps and texts of its own, and pieces of the record's JSON line as they
 * stand there. See `Formatter.write`. Good for that one call.
 */
export class LineDraft {
  readonly #writer: LineWriter;
  #snapshot!: Snapshot;
  #line!: LineText;
  #facts!: KnownFacts;

  constructor(writer: LineWriter) {
    this.#writer = writer;
  }

  /** Starts with a record. @returns false for one whose parts are not known, which is then to be formatted as an object */
  begin(snapshot: Snapshot): boolean {
    const { facts } = snapshot;
    if (facts?.marked !== true) return false;
    this.#snapshot = snapshot;
    this.#line = snapshot.line;
    this.#facts = facts as KnownFacts;
    // A stamp may hold what is not ASCII.
    this.#writer.begin(true);
    return true;
  }

  /** Whether the formatter has logged itself meanwhile: what it is told of the fields is of that record. */
  get stale(): boolean {
    return !this.#facts.marked;
  }

  end(): LineText {
    return this.#writer.end();
  }

  get level(): Level {
    return LEVELS[this.#snapshot.rank] ?? 'info';
  }

  get logger(): string {
    return this.#snapshot.logger;
  }

  get category(): Category {
    return this.#snapshot.category;
  }

  get pid(): number {
    return this.#facts.host.pid;
  }

  get thread(): number {
    return this.#facts.host.thread;
  }

  get host(): string {
    return this.#facts.host.host;
  }

  get seq(): number {
    return this.#facts.seq;
  }

  /** How many fields the record has. */
  get count(): number {
    return this.#facts.marks.count;
  }

  /** Whether one of them has another name in the record's line, `fields.level`: then {@link members} is not what was logged. */
  get movedAside(): boolean {
    return this.#facts.marks.movedAside;
  }

  /** The name of a field, by its place from 0. */
  key(index: number): string {
    return this.#facts.marks.key(index);
  }

  /** The value of a field, as plain JSON has it. */
  value(index: number): unknown {
    const { from, marks } = this.#facts;
    return JSON.parse(this.#line.slice(from + marks.start(index), from + marks.end(index)));
  }

  /** The value of the field of this name; undefined when there is none. */
  field(name: string): unknown {
    const { marks } = this.#facts;
    for (let i = 0; i < marks.count; i++) if (marks.key(i) === name) return this.value(i);
    return undefined;
  }

  /** Text of the formatter's own that comes again and again. */
  stamp(stamp: Stamp): void {
    this.#writer.stamp(stamp);
  }

  /** Any other text of the formatter's own. */
  text(text: string): void {
    this.#writer.text(text);
  }

  /** Writes the time as JSON, `"2026-11-21T08:00:00.123Z"`. */
  writeTimestamp(): void {
    this.#piece(TIME_FROM, TIME_TO);
  }

  /** Writes the message as JSON. */
  writeMessage(): void {
    this.#piece(this.#facts.messageFrom, this.#facts.messageTo);
  }

  /** Writes the id as JSON. */
  writeId(): void {
    this.#piece(this.#idFrom, this.#line.bytes - BEHIND_ID);
  }

  /** Writes the sequence number. */
  writeSeq(): void {
    const to = this.#idFrom - BEFORE_ID;
    this.#piece(to - digitsOf(this.seq), to);
  }

  /** Writes all fields as JSON has them, without braces: `"symbol":"BTCUSDT","price":1.5`. */
  writeMembers(): void {
    this.#piece(this.#facts.from + ','.length, this.#facts.to);
  }

  /** Writes a field's value as JSON. */
  writeValue(index: number): void {
    const { from, marks } = this.#facts;
    this.#piece(from + marks.start(index), from + marks.end(index));
  }

  /** Writes what stands in the record's line from here to there. */
  #piece(from: number, to: number): void {
    this.#writer.piece(this.#line, from, to);
  }

  get #idFrom(): number {
    const { seq, instance } = this.#facts;
    return this.#line.bytes - BEHIND_ID - instance.length - digitsOf(seq) - AROUND_ID;
  }
}

function digitsOf(seq: number): number {
  return seq < COUNTABLE ? countDigits(seq) : String(seq).length;
}
