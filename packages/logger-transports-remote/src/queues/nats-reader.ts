/** What a NATS server says: `INFO`, `PING`, `PONG`, `-ERR`, and messages. */
export interface NatsEvent {
  readonly verb: string;
  /** The rest of the line. */
  readonly words: string;
  /** Of a message: its subject, its status when the server itself sent it, its text. */
  readonly subject?: string;
  readonly status?: number;
  readonly text?: string;
}

/** Takes a stream of bytes apart (NATS client protocol; `HMSG`: ADR-4). */
export class NatsReader {
  #rest = Buffer.alloc(0);

  push(chunk: Buffer): NatsEvent[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const events: NatsEvent[] = [];
    for (let event = this.#take(); event !== undefined; event = this.#take()) events.push(event);
    return events;
  }

  #take(): NatsEvent | undefined {
    const line = this.#rest.indexOf('\r\n');
    if (line < 0) return undefined;
    const [, verb = '', words = ''] = /^(\S*)\s*(.*)$/s.exec(this.#rest.toString('utf8', 0, line)) ?? [];
    const start = line + 2;
    if (verb !== 'MSG' && verb !== 'HMSG') {
      this.#rest = this.#rest.subarray(start);
      return { verb, words };
    }
    const parts = words.split(/\s+/);
    const total = Number(parts.at(-1));
    if (this.#rest.length < start + total + 2) return undefined;
    const head = verb === 'HMSG' ? Number(parts.at(-2)) : 0;
    const status = Number(/^NATS\/1\.0 (\d{3})/.exec(this.#rest.toString('latin1', start, start + head))?.[1] ?? 0);
    const text = this.#rest.toString('utf8', start + head, start + total);
    this.#rest = this.#rest.subarray(start + total + 2);
    return { verb, words, subject: parts[0] ?? '', status, text };
  }
}
