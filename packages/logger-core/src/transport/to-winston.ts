import { MESSAGE } from 'triple-beam';
import TransportStream from 'winston-transport';
import { type DestinationOptions } from '../config/logger-options';
import { type Receipt } from '../destination/receipt';
import { parseCallLevel, parseLevel } from '../level';
import { CoreLogger } from '../logger/core-logger';
import { winstonText } from './from-winston';

/**
 * A winston transport of one of our destinations, for those who keep plain winston: its queue, retries and exit
 * hooks come along. The text is what winston's format made of the info (`info[MESSAGE]`), unless the
 * destination names a format of its own.
 *
 * @example
 * winston.createLogger({ transports: [toWinston(file({ path: 'app.log' }))] });
 */
export function toWinston(destination: DestinationOptions): TransportStream {
  const inner = new CoreLogger({
    sources: false,
    level: 'debug',
    redact: false,
    destinations: [{ format: winstonText, ...destination }],
    format: { transform: (info) => info },
  });
  return new DestinationTransport(inner, destination.level);
}

class DestinationTransport extends TransportStream {
  readonly #inner: CoreLogger;

  constructor(inner: CoreLogger, level: string | undefined) {
    super();
    this.#inner = inner;
    this.once('pipe', ({ levels }: { levels: Readonly<Record<string, number>> }) => {
      const name = nameOf(level, levels);
      if (name !== undefined) this.level = name;
    });
  }

  override log(info: Record<string | symbol, unknown>, next?: () => void): boolean {
    this.#inner.write(MESSAGE in info ? info : { ...info, [MESSAGE]: String(info['message']) });
    setImmediate(() => this.emit('logged', info));
    next?.();
    return true;
  }

  /** Called by `end()`: `finish` comes when everything is out. */
  override _final(callback: (error?: Error) => void): void {
    this.#inner.close().then(() => callback(), callback);
  }

  /** Called when the transport is removed from its logger. */
  override close(): void {
    void this.#inner.close();
  }

  flush(): Promise<Receipt> {
    return this.#inner.flush();
  }
}

/** What a level of ours is called in winston's level set, the most verbose of several; undefined when it has none. */
function nameOf(level: string | undefined, levels: Readonly<Record<string, number>>): string | undefined {
  const wanted = parseLevel(level);
  if (wanted === undefined) return undefined;
  const names = Object.keys(levels).filter((name) => parseCallLevel(name) === wanted);
  return names.sort((a, b) => (levels[b] ?? 0) - (levels[a] ?? 0))[0];
}
