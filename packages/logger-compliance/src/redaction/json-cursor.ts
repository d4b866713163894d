export const QUOTE = 34;
export const COMMA = 44;
const BACKSLASH = 92;
export const OPEN_ARRAY = 91;
export const CLOSE_ARRAY = 93;
export const OPEN_OBJECT = 123;
export const CLOSE_OBJECT = 125;
const SPACE = 32;

/** A place in valid JSON text (RFC 8259), and the ways on from there. */
export class JsonCursor {
  readonly json: string;
  at = 0;

  constructor(json: string) {
    this.json = json;
  }

  skipValue(): void {
    const json = this.json;
    let depth = 0;
    do {
      switch (json.charCodeAt(this.at)) {
        case QUOTE:
          this.skipString();
          break;
        case OPEN_OBJECT:
        case OPEN_ARRAY:
          depth += 1;
          this.at += 1;
          break;
        case CLOSE_OBJECT:
        case CLOSE_ARRAY:
          depth -= 1;
          this.at += 1;
          break;
        default:
          if (depth === 0) this.skipScalar();
          else this.at += 1;
      }
    } while (depth > 0);
  }

  skipString(): void {
    const json = this.json;
    for (let from = this.at + 1; ;) {
      const close = json.indexOf('"', from);
      if (json.charCodeAt(close - 1) !== BACKSLASH || !isEscaped(json, close)) {
        this.at = close + 1;
        return;
      }
      from = close + 1;
    }
  }

  skipScalar(): void {
    const json = this.json;
    let code = json.charCodeAt(this.at);
    while (code > SPACE && code !== COMMA && code !== CLOSE_OBJECT && code !== CLOSE_ARRAY) {
      code = json.charCodeAt(++this.at);
    }
  }

  skipSpace(): void {
    while (this.json.charCodeAt(this.at) <= SPACE) this.at += 1;
  }
}

/** Whether an odd number of backslashes stands before a quote. */
function isEscaped(json: string, quote: number): boolean {
  let at = quote - 1;
  while (json.charCodeAt(at) === BACKSLASH) at -= 1;
  return (quote - at) % 2 === 0;
}
