import { definePlugin } from '@metaexpert/logger-core';

const never = new Promise(() => undefined);

/** Transport of a plugin that does what its mode says: hang, throw, reject. */
class FaultyTransport {
  #mode;
  #writes = 0;

  constructor(mode) {
    this.#mode = mode;
  }

  write() {
    this.#writes += 1;
    if (this.#mode === 'never') return never;
    if (this.#mode === 'throws' || (this.#mode === 'throws-once' && this.#writes === 1))
      throw new Error('faulty: threw');
    if (this.#mode === 'rejects') return Promise.reject(new Error('faulty: rejected'));
    return Promise.resolve({ status: 'delivered' });
  }
}

export const faultyPlugin = definePlugin({
  kind: 'transport',
  type: 'faulty',
  schema: { type: 'object', properties: { mode: { type: 'string' } }, required: ['mode'] },
  create: ({ mode }) => new FaultyTransport(mode),
});
