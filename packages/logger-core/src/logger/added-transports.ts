import { type EventEmitter } from 'node:events';
import TransportStream from 'winston-transport';
import { parseCallLevel } from '../level';
import { buildRoute } from '../pipeline/build-destinations';
import { type Route } from '../pipeline/dispatcher';
import { fromWinston } from '../transport/from-winston';
import { type WinstonTarget } from '../transport/winston-target';
import { type Kernel } from './kernel';

export { type WinstonTarget } from '../transport/winston-target';

/** The winston transports of a logger: each is a destination like any other, and still believes it is piped to. */
export class AddedTransports {
  readonly #kernel: Kernel;
  readonly #logger: object;
  readonly #routes = new Map<WinstonTarget, Route>();
  readonly #bridge: WinstonTarget;
  #count = 0;

  constructor(kernel: Kernel, logger: object) {
    this.#kernel = kernel;
    this.#logger = logger;
    this.#bridge = new TransportStream({
      handleExceptions: true,
      handleRejections: true,
      log: acknowledge,
    }) as WinstonTarget;
  }

  get own(): readonly WinstonTarget[] {
    return [...this.#routes.keys()];
  }

  /** What winston sees: the transports added, and one that stands for all destinations of the configuration. */
  get list(): readonly WinstonTarget[] {
    return this.#kernel.pipeline.dispatcher.routes.length > this.#routes.size ? [...this.own, this.#bridge] : this.own;
  }

  add(transport: WinstonTarget): void {
    if (this.#routes.has(transport)) return;
    const level = parseCallLevel(transport.level);
    // winston-transport takes its levels and its parent from the pipe it hangs on.
    transport.emit('pipe', this.#logger);
    const name = `${transport.name ?? 'winston'}-${++this.#count}`;
    const route = this.#kernel.add((parts) =>
      buildRoute({ ...fromWinston(transport), name, ...(level !== undefined && { level }) }, parts),
    );
    this.#routes.set(transport, route);
    if (transport.handleExceptions === true) this.#exceptions('exceptions');
    if (transport.handleRejections === true) this.#exceptions('rejections');
  }

  remove(transport: WinstonTarget): void {
    const route = this.#routes.get(transport);
    if (route === undefined) return;
    this.#routes.delete(transport);
    void this.#kernel.remove(route).then(() => transport.emit('unpipe', this.#logger));
  }

  /** winston's exception handler waits for a transport to finish before it ends the process, three seconds at most. */
  handled(): void {
    const ends = (this.#logger as { exitOnError?: unknown }).exitOnError === true;
    // winston's File, told that the end is near, says `finish` before its bytes are in the file: here it is ended instead.
    if (ends) for (const one of this.list) Object.assign(one.transport ?? one, { _ending: false });
    void this.#kernel.flush().then(() => {
      for (const one of this.list) finish(one.transport ?? one, ends);
    });
  }

  #exceptions(kind: 'exceptions' | 'rejections'): void {
    (this.#logger as Record<typeof kind, { handle(): void }>)[kind].handle();
  }
}

/**
 * A transport that has called back for a record may have it in a buffer still. Where it knows how to end, it is ended, and says by
 * `finish` when all is written; what goes on afterwards (`exitOnError: false`) is only told that it was heard.
 */
function finish(transport: EventEmitter, ends: boolean): void {
  const { end, _final, close } = transport as Partial<Record<'end' | '_final' | 'close', () => void>>;
  if (!ends) transport.emit('finish');
  else if (_final !== undefined && end !== undefined) end.call(transport);
  else if (close !== undefined) close.call(transport);
  else transport.emit('finish');
}

function acknowledge(_info: unknown, next: () => void): void {
  next();
}
