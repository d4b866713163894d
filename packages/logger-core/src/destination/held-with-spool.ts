import { type Flights } from './flights';
import { type Held } from './overflow';
import { type Spooler } from './spooler';

/** What a spool has on its way counts against the bytes, and not against the records: their bound is the disk's. */
export class HeldWithSpool implements Held {
  readonly #flights: Flights;
  readonly #spooler: Spooler;

  constructor(flights: Flights, spooler: Spooler) {
    this.#flights = flights;
    this.#spooler = spooler;
  }

  get records(): number {
    return this.#flights.records;
  }

  get bytes(): number {
    return this.#flights.bytes + this.#spooler.bytes;
  }
}
