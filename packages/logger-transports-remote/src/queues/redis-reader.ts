/** A reply of Redis: RESP2, as far as replies to writes go. */
export type RedisReply = string | number | null | Error | RedisReply[];

/** Takes a stream of bytes apart into replies (Redis serialization protocol specification). */
export class RedisReader {
  #rest = Buffer.alloc(0);

  /** The replies that are whole now. @throws Error when the peer speaks something else */
  push(chunk: Buffer): RedisReply[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const replies: RedisReply[] = [];
    for (let found = this.#parse(0); found !== undefined; found = this.#parse(0)) {
      replies.push(found.reply);
      this.#rest = this.#rest.subarray(found.end);
    }
    return replies;
  }

  #parse(start: number): { reply: RedisReply; end: number } | undefined {
    const line = this.#rest.indexOf('\r\n', start);
    if (line < 0) return undefined;
    const kind = String.fromCharCode(this.#rest[start] ?? 0);
    const text = this.#rest.toString('utf8', start + 1, line);
    const end = line + 2;
    if (kind === '+') return { reply: text, end };
    if (kind === '-') return { reply: new Error(text), end };
    if (kind === ':') return { reply: Number(text), end };
    if (kind === '$') return this.#bulk(Number(text), end);
    if (kind === '*') return this.#array(Number(text), end);
    throw new Error('the server does not speak RESP');
  }

  #bulk(length: number, start: number): { reply: RedisReply; end: number } | undefined {
    if (length < 0) return { reply: null, end: start };
    const end = start + length;
    if (this.#rest.length < end + 2) return undefined;
    return { reply: this.#rest.toString('utf8', start, end), end: end + 2 };
  }

  #array(length: number, start: number): { reply: RedisReply; end: number } | undefined {
    const reply: RedisReply[] = [];
    let end = start;
    for (let index = 0; index < length; index++) {
      const found = this.#parse(end);
      if (found === undefined) return undefined;
      reply.push(found.reply);
      end = found.end;
    }
    return { reply, end };
  }
}

/** A command as an array of bulk strings. */
export function redisCommand(...words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
