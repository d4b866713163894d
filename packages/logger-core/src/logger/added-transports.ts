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

  /** winston's exception handler waits for a transport to finish before it ends the process. */
  handled(): void {
    void this.#kernel.flush().then(() => {
      for (const one of this.list) (one.transport ?? one).emit('finish');
    });
  }

  #exceptions(kind: 'exceptions' | 'rejections'): void {
    (this.#logger as Record<typeof kind, { handle(): void }>)[kind].handle();
  }
}

function acknowledge(_info: unknown, next: () => void): void {
  next();
}
