// The ways in which a process ends, and what the outside sees of each when no logger is there.
const alive = () => setInterval(() => undefined, 1000);

const bySignal = (signal) => ({
  code: null,
  signal,
  bring: () => {
    alive();
    process.kill(process.pid, signal);
  },
});

const EXIT_CODE = 5;

export const endings = {
  exit: { code: EXIT_CODE, signal: null, bring: () => process.exit(EXIT_CODE) },
  exception: {
    code: 1,
    signal: null,
    crash: true,
    bring: () => {
      alive();
      setImmediate(() => {
        throw new Error('boom');
      });
    },
  },
  rejection: {
    code: 1,
    signal: null,
    crash: true,
    bring: () => {
      alive();
      void Promise.reject(new Error('boom'));
    },
  },
  SIGTERM: bySignal('SIGTERM'),
  SIGINT: bySignal('SIGINT'),
  SIGHUP: bySignal('SIGHUP'),
  emptied: { code: 0, signal: null, bring: () => undefined },
};
