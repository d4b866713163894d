import { createRequire } from 'node:module';
import { type CommonDestinationOptions, type DestinationOptions } from '../config/logger-options';
import { toError } from '../errors';
import { encodeRecord } from '../record/encode-record';
import { MESSAGE } from 'triple-beam';
import { type LogRecord } from '../record/log-record';
import { definePlugin, withPlugin } from '../plugin/plugin';
import { WINSTON_LEVELS } from '../logger/winston-engine';
import { WinstonTransport } from './winston-transport';
import { type WinstonTarget } from './winston-target';

/** The text a winston transport expects: what the logger's winston format made, else the JSON line. */
export function winstonText(record: LogRecord): string {
  return record[MESSAGE] ?? encodeRecord(record);
}

/**
 * A destination of any winston transport: with its own queue, and isolated from the others. A transport that
 * never calls back is given up on after `timeoutMs`; one that throws or emits `error` costs the record.
 *
 * @example
 * createLogger({ destinations: [fromWinston(new winston.transports.Console())] });
 */
export function fromWinston(transport: WinstonTarget, options: CommonDestinationOptions = {}): DestinationOptions {
  const plugin = definePlugin({
    kind: 'transport',
    type: 'winston',
    schema: {},
    create: (_options, { diagnostics }) => {
      const target = guarded(asStream(transport));
      // winston-transport takes its levels from the pipe it hangs on.
      if (target.parent === undefined) target.emit('pipe', { levels: WINSTON_LEVELS });
      return new WinstonTransport(target, (error) => diagnostics.report('temporary', error));
    },
  });
  return withPlugin({ format: winstonText, ...options, type: 'winston' }, plugin);
}

const GUARDED = new WeakSet<WinstonTarget>();

/** A stream whose `_write` throws never writes again; what `log` throws is called back instead, as an error of that record. */
function guarded(target: WinstonTarget): WinstonTarget {
  if (target.log === undefined || GUARDED.has(target)) return target;
  const log = target.log.bind(target);
  GUARDED.add(target);
  target.log = (info, next) => {
    try {
      return log(info, next);
    } catch (thrown) {
      next(toError(thrown));
      return undefined;
    }
  };
  return target;
}

/** winston 2 transports are no streams; winston-transport brings the wrapper for them. */
function asStream(transport: WinstonTarget): WinstonTarget {
  const isStream = typeof (transport as Partial<WinstonTarget>).write === 'function';
  if (isStream && (transport.log?.length ?? 0) <= 2) return transport;
  const Legacy = createRequire(__filename)('winston-transport/legacy') as new (options: object) => WinstonTarget;
  return new Legacy({ transport });
}
