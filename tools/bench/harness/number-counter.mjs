/** The field that carries a record's number, as it stands in JSON of any depth of quoting. */
const IN_TEXT = /orderId[^A]{1,40}A(\d+)/g;
/** The same in protobuf: after the key come tag and length of the value, then tag and length of its text. */
const IN_PROTOBUF = /orderId\x12[^]\n([^])A(\d+)/g;

/** Which numbers have come, and how often one came again. */
export class NumberCounter {
  #seen = new Set();
  #total = 0;
  #told = 0;
  #at = 0;
  #last;

  text(text) {
    for (const [, number] of text.matchAll(IN_TEXT)) this.#count(number);
  }

  protobuf(text) {
    // What follows a text may look like one more digit.
    for (const [, length, digits] of text.matchAll(IN_PROTOBUF)) this.#count(digits.slice(0, length.charCodeAt(0) - 1));
  }

  /** Whether anything came since `counts` was called. */
  changed() {
    return this.#total > this.#told;
  }

  /** `at` is the time of the last one, as performance.timeOrigin + performance.now(), which processes share. */
  counts() {
    this.#told = this.#total;
    return { distinct: this.#seen.size, duplicated: this.#total - this.#seen.size, at: this.#at };
  }

  #count(number) {
    // Twice in one record: some send a field as metadata, too.
    if (number === this.#last) return;
    this.#last = number;
    this.#seen.add(number);
    this.#total += 1;
    this.#at = performance.timeOrigin + performance.now();
  }
}
