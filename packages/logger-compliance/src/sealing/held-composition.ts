import { type DirectEntry } from '@metaexpert/logger-core';
import { type Composer } from './composer';
import { type Composition } from './composition';

/** What was composed for a batch that found no room: the batch comes again, most often as it was. */
export class HeldComposition {
  readonly #composer: Composer;
  #held: { composition: Composition; batch: readonly DirectEntry[] } | undefined;

  constructor(composer: Composer) {
    this.#composer = composer;
  }

  get composition(): Composition | undefined {
    return this.#held?.composition;
  }

  keep(composition: Composition, batch: readonly DirectEntry[]): void {
    this.#held = { composition, batch };
  }

  /** Forgets it; the chain has gone back further already. */
  forget(): void {
    this.#held = undefined;
  }

  undo(): void {
    if (this.#held !== undefined) this.#composer.undo(this.#held.composition, []);
    this.#held = undefined;
  }

  /** A batch composed, or what is held of it. */
  compose(batch: readonly DirectEntry[]): Composition {
    const held = this.#held;
    if (held !== undefined && isSame(held.batch, batch)) {
      this.#held = undefined;
      return held.composition;
    }
    this.undo();
    return this.#composer.compose(batch);
  }
}

function isSame(a: readonly DirectEntry[], b: readonly DirectEntry[]): boolean {
  return a.length === b.length && a[0] === b[0] && a.at(-1) === b.at(-1);
}
