import { type Clock } from '../clock';
import { findSpanReader, type SpanReader } from '../context/active-span';
import { ambientFields } from '../context/ambient';
import { createNotice } from './create-notice';
import { CATEGORY_TEXT, replaceCategory } from './category-text';
import { createPen, type Pen, writeSlots } from './pen';
import { snapshotRecord } from './encode-record';
import { FieldLayer } from './field-layer';
import { FieldMarks } from './field-marks';
import { withoutHostSwitches } from './host-fields';
import { createInstanceId } from './instance-id';
import { type KeyTable } from './key-table';
import { ONE_LINE_BYTES, TIGHTER } from './limits';
import { createNamedScope, createScope, headOf, type NamedScope, type RecordScope } from './record-scope';
import { beginFacts, type Collected, type LineFacts } from './line-facts';
import { LineTail } from './line-tail';
import { LineWriter } from './line-writer';
import { type Category, type Fields, type LogRecord } from './log-record';
import { mergeFields } from './merge-fields';
import { isEmpty, type ReservedSlots } from './reserved-slots';
import { Snapshot } from './snapshot';

export interface RecorderOptions {
  readonly keys: KeyTable;
  readonly clock: Clock;
  readonly fields: Fields | undefined;
}

/** Takes snapshots: the one place where a call becomes a record. */
export class Recorder {
  #keys!: KeyTable;
  #clock!: Clock;
  #simulated = false;
  #tail!: LineTail;
  #base: Fields | undefined;
  readonly #instance = createInstanceId();
  readonly #line = new LineWriter();
  #pen!: Pen;
  #layerPen: Pen | undefined;
  #named: NamedScope | undefined;
  #writing = false;
  #sequence = 0;
  #spanReader: SpanReader | undefined;
  #notices = 0;
  collects: Collected = { values: false, marks: false };
  readonly #marks = new FieldMarks();
  /** Of the line that was written last; undefined when something in it is not as in most. */
  #facts: LineFacts | undefined;

  constructor(options: RecorderOptions) {
    this.configure(options);
    setImmediate(() => (this.#spanReader ??= findSpanReader())).unref(); // set up right behind the logger, often
  }

  /** Changes what records look like from now on; the sequence goes on. Scopes made before are stale. */
  configure(options: RecorderOptions): void {
    this.#keys = options.keys;
    this.#clock = options.clock;
    this.#simulated = options.clock.simulated !== false;
    this.#tail = new LineTail(options.fields, this.#instance);
    this.#base = options.fields && withoutHostSwitches(options.fields);
    this.#pen = createPen(this.#line, options.keys);
    this.#layerPen = this.#named = undefined;
  }

  scope(name: string, bound: Fields): RecordScope {
    this.#spanReader ??= findSpanReader();
    const pen = this.#layerPen ?? createPen(new LineWriter(ONE_LINE_BYTES), this.#keys);
    // A getter among the fields may make a child as well.
    this.#layerPen = undefined;
    const marks = this.collects.marks ? new FieldMarks() : undefined;
    const layer = new FieldLayer(this.#base === undefined ? bound : mergeFields(this.#base, bound), pen, marks);
    this.#layerPen = pen;
    if (this.#named?.name !== name) this.#named = createNamedScope(name, this.#tail.host);
    return createScope(this.#named, layer);
  }

  /** Snapshot of one call. Never throws, whatever the fields do. Takes the next `seq`. */
  capture(
    scope: RecordScope,
    rank: number,
    category: Category,
    message: string,
    fields: object | undefined,
    error: unknown,
    formatted?: string,
  ): Snapshot {
    const time = Date.now();
    // A getter or toJSON among the fields may log.
    const nested = this.#writing;
    const pen = nested ? createPen(new LineWriter(ONE_LINE_BYTES), this.#keys) : this.#pen;
    const { line, room } = pen;
    this.#writing = true;
    room.begin();
    line.begin(scope.wide);
    line.bytes(headOf(scope, rank, this.#simulated).at(time, this.#clock));
    const behindHead = line.length;
    let about = this.#writeContent(pen, scope, category, message, fields, error);
    for (let i = 0; room.truncated && i < TIGHTER.length; i++) {
      line.cut(behindHead);
      room.begin(TIGHTER[i]);
      about = this.#writeContent(pen, scope, category, message, fields, error);
    }
    this.#writing = nested;
    line.bytes(this.#tail.at(++this.#sequence));
    const usual = formatted === undefined && !this.#simulated ? this.#facts : undefined;
    const facts = usual?.complete(message, this.#tail.facts, this.#sequence, this.#instance);
    return new Snapshot(line.end(), { time, rank, category: about, logger: scope.name, text: formatted, facts });
  }

  /** A value as text, masked and bounded like a field. */
  show(value: unknown): string {
    const { line, values } = createPen(new LineWriter(ONE_LINE_BYTES), this.#keys);
    return values.write(value) ? line.textFrom(0) : '';
  }

  /** A destination's own word about itself: outside the sequence, so that no other destination sees a gap. */
  notice(name: string, rank: number, message: string): Snapshot {
    const id = `${this.#instance}-n${++this.#notices}`;
    return createNotice({ time: Date.now(), rank, logger: name, message, host: this.#tail.host, id });
  }

  /** A record that a processor sends on its own: as it is, with the next number. */
  renumber(record: LogRecord): Snapshot {
    const seq = ++this.#sequence;
    return snapshotRecord({ ...record, seq, id: `${this.#instance}-${seq}` }, this.#keys);
  }

  /** Takes back a record that a processor dropped, and its sequence number, so that the files show no gap. */
  forget(snapshot: Snapshot): void {
    if (!snapshot.payload.endsWith(`-${this.#sequence}"}`)) return;
    this.#sequence -= 1;
    this.#line.forget(snapshot.line);
  }

  /** What the call says, between a line's head and its tail. @returns the category */
  #writeContent(
    pen: Pen,
    scope: RecordScope,
    category: Category,
    message: string,
    fields: object | undefined,
    error: unknown,
  ): Category {
    const { line, room, strings } = pen;
    const messageFrom = line.length;
    strings.write(message);
    const beforeCategory = line.length;
    line.stamp(CATEGORY_TEXT[category]);
    const behindCategory = line.length;
    // A record made while another one is written must not take the place of the other's marks.
    const marks = pen === this.#pen && scope.bound.marks !== undefined ? this.#marks : undefined;
    const facts = beginFacts(this.collects, marks, line.length);
    const own = this.#writeBody(scope, fields, pen, facts);
    const given = scope.bound.slots === undefined ? own : { ...scope.bound.slots, ...own };
    const slots = this.#spanReader === undefined ? given : { ...this.#spanReader(), ...given };
    const about = slots?.category ?? category;
    if (about !== category) replaceCategory(line, beforeCategory, behindCategory, about);
    const usual = error === undefined && room.cutBytes === 0 && (slots === undefined || isEmpty(slots));
    facts?.place(messageFrom, beforeCategory, beforeCategory + CATEGORY_TEXT[about].length, line.length);
    this.#facts = usual ? facts : undefined;
    if (!usual) writeSlots(slots, error, pen);
    return about;
  }

  #writeBody(
    scope: RecordScope,
    fields: object | undefined,
    pen: Pen,
    facts: LineFacts | undefined,
  ): ReservedSlots | undefined {
    const before = pen.line.length;
    try {
      return this.#writeMembers(scope, fields, pen, facts);
    } catch (thrown) {
      // Only a proxy gets here: its traps threw while its keys were listed.
      pen.line.cut(before);
      scope.bound.writeTo(pen.line);
      pen.line.text(',"fields":');
      pen.values.thrown(thrown);
      return { cutBytes: 0 };
    }
  }

  #writeMembers(
    { bound }: RecordScope,
    fields: object | undefined,
    pen: Pen,
    facts: LineFacts | undefined,
  ): ReservedSlots | undefined {
    const ambient = ambientFields();
    let under = fields !== undefined && bound.overlaps(fields) ? bound.values : undefined;
    if (ambient !== undefined) under = mergeFields(bound.values, ambient);
    if (under !== undefined) return pen.fields.write(mergeFields(under, fields), true, facts);
    bound.writeTo(pen.line);
    if (facts !== undefined && bound.keys.length > 0) facts.add(bound);
    return fields === undefined ? undefined : pen.fields.write(fields, true, facts);
  }
}
