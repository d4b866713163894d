import { type Clock } from '../clock';
import { ambientFields } from '../context/ambient';
import { LEVELS } from '../level';
import { carefulStrings, encodeString } from './encode-string';
import { ValueEncoder } from './encode-value';
import { FieldLayer } from './field-layer';
import { encodeHostFields, withoutHostSwitches } from './host-fields';
import { createInstanceId } from './instance-id';
import { isError } from './is-error';
import { type KeyTable } from './key-table';
import { CATEGORIES, type Category, type Fields } from './log-record';
import { mergeFields } from './merge-fields';
import { type ReservedSlots } from './reserved-slots';
import { Snapshot } from './snapshot';
import { toTimestamp } from './timestamp';

const CATEGORY_TEXT = Object.fromEntries(CATEGORIES.map((name) => [name, `,"category":"${name}"`])) as Record<
  Category,
  string
>;

/** What a logger or a child of it adds to each of its records. */
export interface RecordScope {
  readonly name: string;
  readonly bound: FieldLayer;
  /** `,"level":"…","logger":"…","message":` by rank. */
  readonly heads: readonly string[];
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
  #tail = '';
  #base: Fields = {};
  readonly #idHead = `,"id":"${createInstanceId()}-`;
  #encoder!: ValueEncoder;
  #encoding = false;
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
    this.#tail = `${encodeHostFields(options.fields)},"seq":`;
    this.#base = withoutHostSwitches(options.fields);
    this.#encoder = new ValueEncoder(options.keys);
  }

  scope(name: string, bound: Fields): RecordScope {
    const logger = encodeString(name);
    const layer = new FieldLayer(mergeFields(this.#base, bound), this.#keys);
    const constant = logger + layer.text + this.#tail;
    return {
      name,
      bound: layer,
      wide: Buffer.byteLength(constant) !== constant.length,
      heads: LEVELS.map((level) => `,"level":"${level}","logger":${logger},"message":`),
    };
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
    const careful = carefulStrings();
    // A getter or toJSON among the fields may log: that record gets an encoder of its own.
    const nested = this.#encoding;
    const encoder = nested ? new ValueEncoder(this.#keys) : this.#encoder;
    this.#encoding = true;
    encoder.begin();
    const text = encoder.string(message);
    let body = this.#body(scope, fields, encoder);
    const slots = scope.bound.slots === undefined ? encoder.slots : { ...scope.bound.slots, ...encoder.slots };
    if (slots !== undefined || error !== undefined || encoder.truncated) body += encodeSlots(slots, error, encoder);
    const about = slots?.category ?? category;
    this.#encoding = nested;
    const sequence = ++this.#sequence;
    const json =
      this.#times(time) +
      (scope.heads[rank] as string) +
      text +
      CATEGORY_TEXT[about] +
      body +
      this.#tail +
      sequence +
      this.#idHead +
      sequence +
      '"}';
    const plain = careful === carefulStrings() && !scope.wide;
    const meta = { time, rank, category: about, logger: scope.name, text: formatted };
    return new Snapshot(json, plain ? json.length : Buffer.byteLength(json), meta);
  }

  /** A value as text, masked and bounded like a field. */
  show(value: unknown): string {
    const encoder = new ValueEncoder(this.#keys);
    encoder.begin();
    return encoder.value(value) ?? '';
  }

  #times(time: number): string {
    const head = '{"timestamp":"' + toTimestamp(time) + '"';
    return this.#simulated ? `${head},"simulatedTime":"${toTimestamp(this.#clock.now())}"` : head;
  }

  /** A destination's own word about itself: outside the sequence, so that no other destination sees a gap. */
  notice(name: string, rank: number, message: string): Snapshot {
    const time = Date.now();
    const json =
      `{"timestamp":"${toTimestamp(time)}","level":"${LEVELS[rank] ?? 'warning'}","logger":${encodeString(name)},` +
      `"message":${encodeString(message)},"category":"general"${this.#tail.slice(0, -',"seq":'.length)},` +
      `${this.#idHead.slice(1)}n${++this.#notices}"}`;
    return new Snapshot(json, Buffer.byteLength(json), { time, rank, category: 'general', logger: name });
  }

  /** Gives back the sequence number of a record that a processor dropped, so that the files show no gap. */
  forget(snapshot: Snapshot): void {
    if (snapshot.payload.endsWith(`-${this.#sequence}"}`)) this.#sequence -= 1;
  }

  #body(scope: RecordScope, fields: object | undefined, encoder: ValueEncoder): string {
    try {
      return this.#members(scope, fields, encoder);
    } catch (thrown) {
      // Only a proxy gets here: its traps threw while its keys were listed.
      return `${scope.bound.text},"fields":${encoder.thrown(thrown)}`;
    }
  }

  #members(scope: RecordScope, fields: object | undefined, encoder: ValueEncoder): string {
    const ambient = ambientFields();
    const bound = scope.bound;
    if (ambient === undefined) {
      if (fields === undefined) return bound.text;
      if (bound.keys.length === 0) return encoder.topMembers(fields);
      if (!bound.overlaps(fields)) return bound.text + encoder.topMembers(fields);
      return encoder.topMembers(mergeFields(bound.values, fields));
    }
    return encoder.topMembers(mergeFields(mergeFields(bound.values, ambient), fields));
  }
}

function encodeSlots(slots: ReservedSlots | undefined, error: unknown, encoder: ValueEncoder): string {
  const thrown = error ?? slots?.error;
  let text = '';
  if (thrown !== undefined) text += ',"error":' + (encoder.value(asError(thrown)) ?? '{}');
  if (slots?.traceId !== undefined) text += ',"traceId":' + encoder.string(slots.traceId);
  if (slots?.spanId !== undefined) text += ',"spanId":' + encoder.string(slots.spanId);
  return encoder.truncated ? text + ',"truncated":true' : text;
}

/** Whatever was thrown, in the shape of an error. */
function asError(thrown: unknown): unknown {
  return isError(thrown) || (typeof thrown === 'object' && thrown !== null)
    ? thrown
    : { name: typeof thrown, message: String(thrown) };
}
