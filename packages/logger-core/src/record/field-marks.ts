import { type KeyInfo } from './key-table';

/** Where the fields of a line stand, in their order. Good until the pen that it belongs to writes the next line. */
export class FieldMarks {
  /** The fields' own names. */
  readonly #keys: string[] = [];
  /** Where the values stand, counted from the comma before the first field. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #count = 0;
  #turn = 0;
  #origin = 0;
  #movedAside = false;

  get count(): number {
    return this.#count;
  }

  /** Counts the lines: another number means that these are the marks of another one. */
  get turn(): number {
    return this.#turn;
  }

  /** Whether one of the fields has another name in the line: `fields.level`. */
  get movedAside(): boolean {
    return this.#movedAside;
  }

  /** @param origin - length of the line before its fields */
  begin(origin: number): void {
    this.#origin = origin;
    this.#count = 0;
    this.#turn += 1;
    this.#movedAside = false;
  }

  /** A field whose value stands from here to there in the line. */
  add({ name, top, nested }: KeyInfo, from: number, to: number): void {
    if (top !== nested) this.#movedAside = true;
    this.put(name, from - this.#origin, to - this.#origin);
  }

  /** The marks of fields that stand first in the line. */
  addAll(marks: FieldMarks): void {
    for (let i = 0; i < marks.count; i++) this.put(marks.key(i), marks.start(i), marks.end(i));
    if (marks.movedAside) this.#movedAside = true;
  }

  put(key: string, start: number, end: number): void {
    const at = this.#count++;
    this.#keys[at] = key;
    this.#starts[at] = start;
    this.#ends[at] = end;
  }

  key(index: number): string {
    return this.#keys[index] as string;
  }

  start(index: number): number {
    return this.#starts[index] as number;
  }

  end(index: number): number {
    return this.#ends[index] as number;
  }
}
