import { Writable } from 'node:stream';

// pino wants a default export of a target; eslint's ban on them is for what people import.
/** A pino target that does what its mode says: hang, fail, end its worker. */
// eslint-disable-next-line no-restricted-syntax
export default function faultyTarget({ mode }) {
  return new Writable({
    write(chunk, encoding, callback) {
      if (mode === 'never') return;
      if (mode === 'dies') process.exit(1);
      if (mode === 'throws') throw new Error('faulty: threw');
      callback(mode === 'rejects' || mode === 'errors' ? new Error('faulty: failed') : null);
    },
  });
}
