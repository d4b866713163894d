import { type Destination } from '../destination/destination';
import { type DestinationReceipt } from '../destination/receipt';
import { type Dispatcher, type Route } from './dispatcher';

/** Which destinations there are: those of the configuration, winston transports added by hand, and those on their way out. */
export class RouteTable {
  readonly #dispatcher: Dispatcher;
  #configured: readonly Route[] = [];
  #added: readonly Route[] = [];
  /** Replaced, and not yet closed: the end of the process has to wait for them too. */
  readonly #retiring = new Set<Destination>();

  readonly #changed: (routes: RouteTable) => void;

  /** @param changed - called whenever there are other routes */
  constructor(dispatcher: Dispatcher, changed: (routes: RouteTable) => void) {
    this.#dispatcher = dispatcher;
    this.#changed = changed;
  }

  /** Those that take records. */
  get active(): readonly Destination[] {
    return this.#dispatcher.routes.map(({ destination }) => destination);
  }

  /** Those that may still hold records. */
  get all(): readonly Destination[] {
    return [...this.active, ...this.#retiring];
  }

  /** The most verbose rank that a destination asks for by itself, or -1. */
  get widestRank(): number {
    return Math.max(-1, ...this.#dispatcher.routes.map(({ rank }) => rank ?? -1));
  }

  /** Puts a whole configuration's routes in the place of the last one's; answers the destinations replaced. */
  replace(configured: readonly Route[]): Destination[] {
    const old = this.#configured.map(({ destination }) => destination);
    this.#configured = configured;
    this.#publish();
    return old;
  }

  add(route: Route): void {
    this.#added = [...this.#added, route];
    this.#publish();
  }

  remove(route: Route): void {
    this.#added = this.#added.filter((one) => one !== route);
    this.#publish();
  }

  /** Closes destinations that take no more records. */
  async retire(destinations: readonly Destination[], timeoutMs: number): Promise<DestinationReceipt[]> {
    for (const destination of destinations) this.#retiring.add(destination);
    return Promise.all(
      destinations.map(async (destination) => {
        await destination.close(timeoutMs);
        this.#retiring.delete(destination);
        return destination.receipt();
      }),
    );
  }

  #publish(): void {
    this.#dispatcher.routes = [...this.#configured, ...this.#added];
    this.#changed(this);
  }
}
