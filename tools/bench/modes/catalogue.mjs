// Every mode by its name. Each loads its own logger only, so that none pays for another's modules.

const empty = async () => (await import('./empty.mjs')).openEmpty;
const winston = async () => await import('./winston.mjs');
const pino = async () => await import('./pino.mjs');
const logTape = async () => (await import('./logtape.mjs')).openLogTape;
const ours = async () => await import('./ours.mjs');
const compliance = async () => await import('./compliance.mjs');

const all = () => true;

/**
 * `opener` resolves with `(directory, options) => Promise<log>`; `options` are handed to it; `secrets` asks for the
 * record with secrets, `events` for the record as an event; `holds` says which records each folder must hold in the end.
 */
export const modes = {
  'empty loop': { opener: empty, holds: {} },

  ours: { opener: async () => (await ours()).openOurs },
  'ours, masking off': { opener: async () => (await ours()).openOursUnmasked },
  'ours, compressed': { opener: async () => (await ours()).openOursCompressed },
  'ours, with secrets': { opener: async () => (await ours()).openOurs, secrets: true },
  'ours, redaction of paths': { opener: async () => (await compliance()).openRedaction, secrets: true },
  'ours, redaction exchanges': {
    opener: async () => (await compliance()).openRedaction,
    options: { presets: ['exchanges'] },
    secrets: true,
  },
  'ours, sealed': { opener: async () => (await compliance()).openSealed },
  'ours, the same events': { opener: async () => (await compliance()).openPlainEvents, events: true },
  'ours, compliance': { opener: async () => (await compliance()).openCompliance, events: true },
  'ours, dead remote': { opener: async () => (await ours()).openOursWithDeadRemote },
  'ours, five destinations': {
    opener: async () => (await ours()).openOursFive,
    holds: { main: all, trades: (kind) => kind === 'trade', errors: (kind) => kind === 'error' },
  },

  'pino sync': { opener: async () => (await pino()).openPinoSync },
  'pino async': { opener: async () => (await pino()).openPinoAsync },
  'pino worker': { opener: async () => (await pino()).openPinoWorker },
  'pino-roll': { opener: async () => (await pino()).openPinoRoll },
  'pino sync, redact': { opener: async () => (await pino()).openPinoSync, options: { redact: true }, secrets: true },
  'pino async, redact': { opener: async () => (await pino()).openPinoAsync, options: { redact: true }, secrets: true },
  'pino worker, redact': {
    opener: async () => (await pino()).openPinoWorker,
    options: { redact: true },
    secrets: true,
  },

  'winston + daily-rotate-file': { opener: async () => (await winston()).openWinstonDailyRotateFile },
  'winston File': { opener: async () => (await winston()).openWinstonFile },
  LogTape: { opener: logTape },
  'LogTape, non-blocking': { opener: logTape, options: { nonBlocking: true } },
  log4js: { opener: async () => (await import('./log4js.mjs')).openLog4js },
};
