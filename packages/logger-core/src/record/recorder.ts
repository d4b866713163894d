import { type Clock } from '../clock';
import { ambientFields } from '../context/ambient';
import { LEVELS } from '../level';
import { encodeString } from './encode-string';
import { createPen, encodeSlots, type Pen } from './pen';
import { ValueEncoder } from './encode-value';
import { FieldLayer } from './field-layer';
import { withoutHostSwitches } from './host-fields';
import { createInstanceId } from './instance-id';
import { type KeyTable } from './key-table';
import { LineHead } from './line-head';
import { LineTail } from './line-tail';
import { LineText } from './line-text';
import { LineWriter, ONE_LINE_BYTES } from './line-writer';
import { CATEGORIES, type Category, type Fields } from './log-record';
import { mergeFields } from './merge-fields';
import { type ReservedSlots } from './reserved-slots';
import { Snapshot } from './snapshot';
import { Stamp } from './stamp';
import { toTimestamp } from './timestamp';

const CATEGORY_TEXT = Object.fromEntries(
  CATEGORIES.map((name) => [name, new Stamp(`,"category":"${name}"`)]),
) as Record<Category, Stamp>;

/** What a logger or a child of it adds to each of its records. */
export interface RecordScope {
  readonly name: string;
  readonly bound: FieldLayer;
  /** The name as JSON. */
  readonly logger: string;
  /** The beginning of a line, by rank; made when first used, for most children log once. */
  readonly heads: Map<number, LineHead>;
  /** Whether these texts have more bytes than characters. */
  readonly wide: boolean;
}

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
  #base: Fields = {};
  readonly #instance = createInstanceId();
  readonly #line = new LineWriter();
  #pen!: Pen;
  #writing = false;
  #sequence = 0;
  #notices = 0;

  constructor(options: RecorderOptions) {
    this.configure(options);
  }

  /** Changes what records look like from now on; the sequence goes on. Scopes made before are stale. */
  configure(options: RecorderOptions): void {
    this.#keys = options.keys;
    this.#clock = options.clock;
    this.#simulated = options.clock.simulated !== false;
    this.#tail = new LineTail(options.fields, this.#instance);
    this.#base = withoutHostSwitches(options.fields);
    this.#pen = createPen(this.#line, options.keys);
  }

  scope(name: string, bound: Fields): RecordScope {
    const logger = encodeString(name);
    const layer = new FieldLayer(mergeFields(this.#base, bound), this.#keys);
    const wide = isWide(logger) || isWide(layer.text) || isWide(this.#tail.host);
    return { name, logger, bound: layer, heads: new Map(), wide };
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
    const { line, encoder, strings } = pen;
    this.#writing = true;
    encoder.begin();
    line.begin(scope.wide);
    const head = scope.heads.get(rank) ?? this.#head(scope, rank);
    line.bytes(head.at(time, this.#clock));
    strings.write(message);
    const beforeCategory = line.length;
    line.stamp(CATEGORY_TEXT[category]);
    const behindCategory = line.length;
    const own = this.#writeBody(scope, fields, pen);
    const slots = scope.bound.slots === undefined ? own : { ...scope.bound.slots, ...own };
    const about = slots?.category ?? category;
    if (about !== category) line.replace(beforeCategory, behindCategory, CATEGORY_TEXT[about].bytes);
    if (slots !== undefined || error !== undefined || encoder.truncated) line.text(encodeSlots(slots, error, encoder));
    this.#writing = nested;
    line.bytes(this.#tail.at(++this.#sequence));
    const meta = { time, rank, category: about, logger: scope.name, text: formatted };
    return new Snapshot(line.end(), meta);
  }

  /** A value as text, masked and bounded like a field. */
  show(value: unknown): string {
    return new ValueEncoder(this.#keys).value(value) ?? '';
  }

  /** A destination's own word about itself: outside the sequence, so that no other destination sees a gap. */
  notice(name: string, rank: number, message: string): Snapshot {
    const time = Date.now();
    const json =
      `{"timestamp":"${toTimestamp(time)}","level":"${LEVELS[rank] ?? 'warning'}","logger":${encodeString(name)},` +
      `"message":${encodeString(message)},"category":"general"${this.#tail.host},` +
      `"id":"${this.#instance}-n${++this.#notices}"}`;
    return new Snapshot(LineText.of(json), { time, rank, category: 'general', logger: name });
  }

  /** Takes back a record that a processor dropped, and its sequence number, so that the files show no gap. */
  forget(snapshot: Snapshot): void {
    if (!snapshot.payload.endsWith(`-${this.#sequence}"}`)) return;
    this.#sequence -= 1;
    this.#line.forget(snapshot.line);
  }

  #head({ heads, logger }: RecordScope, rank: number): LineHead {
    const head = new LineHead(rank, logger, this.#simulated);
    heads.set(rank, head);
    return head;
  }

  #writeBody(scope: RecordScope, fields: object | undefined, pen: Pen): ReservedSlots | undefined {
    const before = pen.line.length;
    try {
      return this.#writeMembers(scope, fields, pen);
    } catch (thrown) {
      // Only a proxy gets here: its traps threw while its keys were listed.
      pen.line.cut(before);
      pen.line.bytes(scope.bound.text);
      pen.line.text(`,"fields":${pen.encoder.thrown(thrown)}`);
      return undefined;
    }
  }

  #writeMembers({ bound }: RecordScope, fields: object | undefined, pen: Pen): ReservedSlots | undefined {
    const ambient = ambientFields();
    if (ambient !== undefined) {
      return pen.fields.write(mergeFields(mergeFields(bound.values, ambient), fields));
    }
    if (fields !== undefined && bound.overlaps(fields)) {
      return pen.fields.write(mergeFields(bound.values, fields));
    }
    pen.line.bytes(bound.text);
    return fields === undefined ? undefined : pen.fields.write(fields);
  }
}

function isWide(text: string | Buffer): boolean {
  return Buffer.byteLength(text) !== text.toString().length;
}
