import { JsonCursor } from './json-cursor';
import { type ExpectedKey, type Place } from './key-matcher';
import { isInTail, recordStep } from './record-members';

const MAX_EXPECTED = 64;

/** A cursor that knows the keys of the objects before: most records of a program look like others. */
export class KeyCursor extends JsonCursor {
  /** The key that begins here, and the step it is; goes on to its value. */
  protected key(place: Place, top: boolean, position: number): ExpectedKey {
    const json = this.json;
    const expected = top ? place.expectedOnTop : place.expected;
    const before = expected[position];
    if (before !== undefined && json.startsWith(before.token, this.at)) {
      this.at += before.token.length;
      this.skipSpace();
      return before;
    }
    const from = this.at;
    this.skipString();
    const text = json.slice(from, this.at);
    const key = text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1);
    this.skipSpace();
    this.at += 1;
    this.skipSpace();
    const step = top ? recordStep(key, place) : place.step(key);
    const found = { token: text + ':', key, step, last: top && isInTail(key) };
    if (position < MAX_EXPECTED) expected[position] = found;
    return found;
  }
}
