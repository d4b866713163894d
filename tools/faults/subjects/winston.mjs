import { basename, dirname, join } from 'node:path';
import winston from 'winston';
import DailyRotateFile from 'winston-daily-rotate-file';
import { FaultyWinstonTransport } from './faulty-winston-transport.mjs';

function fileOf({ path, maxSize, maxFiles, zippedArchive }, { rotating, crashes }) {
  const common = { filename: path, ...(crashes && { handleExceptions: true, handleRejections: true }) };
  if (rotating) {
    // The peer puts the date into every name. A "date" that is the plain name gives the path that the scenario spoils.
    const named = { filename: join(dirname(path), '%DATE%'), datePattern: `[${basename(path)}]` };
    return new DailyRotateFile({ ...common, ...named, maxSize, maxFiles, zippedArchive });
  }
  return new winston.transports.File({ ...common, maxsize: maxSize && Number.parseInt(maxSize, 10) * 1024, maxFiles });
}

/** The same destinations on plain winston, with `File` or with winston-daily-rotate-file. */
export function openWinston(destinations, options) {
  const log = winston.createLogger({ format: winston.format.json() });
  const added = [];
  for (const destination of destinations) {
    if (destination.kind === 'file') log.add(fileOf(destination, options));
    else if (destination.kind === 'console') log.add(new winston.transports.Console());
    else {
      const transport = new FaultyWinstonTransport(destination.mode === 'rejects' ? 'errors' : destination.mode);
      added.push(transport);
      log.add(transport);
    }
  }
  const endAndFinish = () =>
    new Promise((resolve) => {
      log.on('finish', resolve);
      log.end();
    });
  return {
    added,
    info: (message, fields) => log.info(message, fields),
    error: (message, fields) => log.error(message, fields),
    acknowledge: async (message, fields) => void log.info(message, fields),
    flush: () => new Promise((resolve) => setTimeout(resolve, 500)), // winston has none
    close: endAndFinish,
    endAndFinish,
    health: () => undefined,
    onFailure: (listener) => log.on('error', listener),
  };
}
