// One record through a whole logger into nothing, in each format of ours, beside pino and winston doing the same job.
import { Writable } from 'node:stream';
import { createLogger, definePlugin } from '@metaexpert/logger-core';
import { formatterPlugins } from '@metaexpert/logger-formatters';
import { message } from '../harness/record.mjs';

const types = ['json', 'pretty', ...formatterPlugins.map(({ type }) => type)];

const nothing = definePlugin({
  kind: 'transport',
  type: 'nothing',
  schema: {},
  create: () => ({ write: async () => ({ status: 'delivered' }) }),
});

/** Other names than the record's: of two equal ones pino writes both, the others one. */
const bound = { botId: 1001, venue: 'binance', account: 'sub-7' };

/** What is logged beside the plain record: how to make the logger of it, and what to say. */
const jobs = {
  plain: { log: (logger, say) => (fields) => say(logger, fields) },
  error: {
    log: (logger, say) => (fields) => {
      const error = rejected(10);
      say(logger, { ...fields, error, err: error }, 'error');
    },
  },
  deep: { log: (logger, say) => (fields, index) => say(logger, { ...fields, book: nested(index, 8) }) },
  child: { log: (logger, say) => (fields) => say(logger.child(bound), fields) },
};

/**
 * An error from so many calls deep: V8 keeps ten frames. With fewer calls the event loop's own frames would be in the stack,
 * two more of them behind a logger that has a timer or immediate of its own, and V8's time for a frame is that of ten fields.
 */
function rejected(depth) {
  if (depth === 0) return new Error('order rejected', { cause: new RangeError('price below minimum') });
  const error = rejected(depth - 1); // no tail call
  return error;
}

/** Only the record of an error is copied for it: both names of the error are in there. */
function without(fields, name) {
  if (!(name in fields)) return fields;
  const left = { ...fields };
  delete left[name];
  return left;
}

function nested(index, depth) {
  return depth === 0
    ? { bids: [index, index + 1] }
    : { level: depth, name: `depth ${depth}`, next: nested(index, depth - 1) };
}

function ours(format, job) {
  return async () => async () => {
    const destinations = [{ type: 'nothing', format }];
    const logger = createLogger({
      ...{ name: 'bot', sources: false, exitHooks: false, redact: false, plugins: [nothing, ...formatterPlugins] },
      destinations,
    });
    const say = (to, fields, level = 'info') => to[level](message, without(fields, 'err'));
    return { info: job.log(logger, say), end: () => logger.close() };
  };
}

/** `err` is the name under which pino knows an error. */
function withPino(job, mixin) {
  return async () => {
    const { default: pino } = await import('pino');
    const options = mixin ? await mixin() : {};
    return async () => {
      const logger = pino(options, { write: () => undefined });
      const say = (to, fields, level = 'info') => to[level](without(fields, 'error'), message);
      return { info: job.log(logger, say), end: async () => undefined };
    };
  };
}

function withWinston(job, makeFormat) {
  return async () => {
    const { default: winston } = await import('winston');
    const format = await makeFormat(winston.format);
    return async () => {
      const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
      const logger = winston.createLogger({ format, transports: [new winston.transports.Stream({ stream })] });
      // winston knows an error by its being the whole of what is logged: the fields are put on it.
      const say = (to, { error, ...given }, level = 'info') => {
        const fields = without(given, 'err');
        return to[level](message, error === undefined ? fields : Object.assign(error, fields));
      };
      return { info: job.log(logger, say), end: async () => void logger.end() };
    };
  };
}

const json = (format) => format.combine(format.errors({ stack: true, cause: true }), format.timestamp(), format.json());
const logstash = (format) => format.combine(format.timestamp(), format.logstash());
/** What people put together for a terminal; winston's `cli` alone leaves the fields out. */
const coloured = ({ combine, timestamp, colorize, padLevels, simple }) =>
  combine(timestamp(), padLevels(), colorize(), simple());
const printed = ({ combine, timestamp, printf }) =>
  combine(
    timestamp(),
    printf(({ timestamp: time, level, message: said, ...fields }) =>
      Object.entries(fields).reduce((line, [key, value]) => `${line} ${key}=${value}`, `${time} ${level}: ${said}`),
    ),
  );
const logfmt = async ({ combine, timestamp }) =>
  combine(timestamp(), (await import('winston-logfmt')).default.logFmtFormat());
const ecs = async () => (await import('@elastic/ecs-winston-format')).ecsFormat();

/** As winston-syslog makes its text: by glossy's producer. */
async function syslog({ printf }) {
  const { Produce } = (await import('glossy')).default;
  const producer = new Produce({ type: 'RFC5424', appName: 'bot', pid: process.pid, facility: 'user' });
  return printf(({ level, message: said, ...fields }) =>
    producer.produce({
      severity: level,
      message: said,
      date: new Date(),
      structuredData: { 'meta@32473': texts(fields) },
    }),
  );
}

const texts = (fields) => Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, String(value)]));

/** Every row by its name, `who: what`; the same `what` is the same job. */
export const formatModes = {
  ...Object.fromEntries(types.map((format) => [`ours: ${format}`, { opener: ours(format, jobs.plain) }])),
  'ours: error record': { opener: ours('json', jobs.error) },
  'ours: deep record': { opener: ours('json', jobs.deep) },
  'ours: child logger': { opener: ours('json', jobs.child) },
  'pino: json': { opener: withPino(jobs.plain) },
  'pino: ecs': {
    opener: withPino(jobs.plain, async () => (await import('@elastic/ecs-pino-format')).ecsFormat()),
  },
  'pino: error record': { opener: withPino(jobs.error) },
  'pino: deep record': { opener: withPino(jobs.deep) },
  'pino: child logger': { opener: withPino(jobs.child) },
  'winston: json': { opener: withWinston(jobs.plain, json) },
  'winston: text': { opener: withWinston(jobs.plain, printed) },
  'winston: pretty': { opener: withWinston(jobs.plain, coloured) },
  'winston: logstash': { opener: withWinston(jobs.plain, logstash) },
  'winston: logfmt': { opener: withWinston(jobs.plain, logfmt) },
  'winston: rfc5424': { opener: withWinston(jobs.plain, syslog) },
  'winston: ecs': { opener: withWinston(jobs.plain, ecs) },
  'winston: error record': { opener: withWinston(jobs.error, json) },
  'winston: deep record': { opener: withWinston(jobs.deep, json) },
  'winston: child logger': { opener: withWinston(jobs.child, json) },
};

/** The names of pino's and winston's rows that do the job of one of ours; undefined where none well known has such a format. */
export function peersOf(mode) {
  const what = mode.slice(mode.indexOf(': ') + 2);
  return ['pino', 'winston'].map((who) => (`${who}: ${what}` in formatModes ? `${who}: ${what}` : undefined));
}
