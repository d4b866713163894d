import { addColors, Logger } from 'winston';
import { LEVEL_RANKS } from '../level';

/** The part of winston's logger that ours builds on, without the call signatures that ours replaces. */
interface Engine extends NodeJS.EventEmitter {
  levels: Record<string, number>;
  exceptions: { readonly catcher?: unknown; unhandle(): void; handle(...args: unknown[]): void };
  rejections: { readonly catcher?: unknown; unhandle(): void; handle(...args: unknown[]): void };
  end(...args: unknown[]): unknown;
  log(...args: unknown[]): unknown;
  configure(options: object): void;
}

/** winston's Logger as a base class: an instance of ours is one of winston's. */
export const WinstonEngine = Logger as unknown as new (options?: object) => Engine;

// winston's `colorize()` throws at a level whose colour it does not know; those that winston has not are told here.
addColors({ critical: 'white redBG', trade: 'cyan' });

/** Our levels, and the names other level sets use, so that a winston transport with `level: 'warn'` understands us. */
export const WINSTON_LEVELS: Readonly<Record<string, number>> = {
  ...LEVEL_RANKS,
  fatal: LEVEL_RANKS.critical,
  warn: LEVEL_RANKS.warning,
  http: LEVEL_RANKS.info,
  verbose: LEVEL_RANKS.debug,
  silly: LEVEL_RANKS.debug,
};
