import winston from 'winston';

/** A third party's winston transport that does what its mode says: hang, throw, fail, dawdle. */
export class FaultyWinstonTransport extends winston.Transport {
  #mode;
  #calls = 0;
  delivered = 0;

  constructor(mode) {
    super();
    this.#mode = mode;
  }

  log(info, callback) {
    this.#calls += 1;
    if (this.#mode === 'never') return;
    if (this.#mode === 'throws' || (this.#mode === 'throws-once' && this.#calls === 1))
      throw new Error('faulty: threw');
    if (this.#mode === 'errors') {
      setImmediate(() => this.emit('error', new Error('faulty: failed')));
      return;
    }
    if (this.#mode === 'slow') {
      setTimeout(() => {
        this.delivered += 1;
        callback();
      }, 1);
      return;
    }
    callback();
  }
}
