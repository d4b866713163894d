// The ways in which a process ends. Each begins with printing the clock: what comes before is no part of the ending.
const { writeSync } = require('node:fs');

const alive = () => setInterval(() => undefined, 1000);
const asks = () => writeSync(1, `${JSON.stringify({ endingAtMs: Date.now() })}\n`);
const bySignal = (signal) => () => {
  alive();
  asks();
  process.kill(process.pid, signal);
};

exports.endings = {
  'process.exit': () => {
    asks();
    process.exit(5);
  },
  'an uncaught exception': () => {
    alive();
    setImmediate(() => {
      asks();
      throw new Error('boom');
    });
  },
  'an unhandled rejection': () => {
    alive();
    asks();
    void Promise.reject(new Error('boom'));
  },
  SIGTERM: bySignal('SIGTERM'),
  SIGINT: bySignal('SIGINT'),
  SIGHUP: bySignal('SIGHUP'),
  'an emptied event loop': () => asks(),
};
