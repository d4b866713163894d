import { CALL_ALIASES, LEVEL_RANKS, type Level, LEVELS } from '../level';
import { callLevel, callUnreadable } from './call-log';
import { categoryOf } from './category-of';
import { FORMAT, type Internals, KERNEL, SCOPE } from './internals';
import { isFields } from './normalize-call';

type Prototype = Record<string, unknown>;

/** A method per level, its aliases, and winston's `isInfoEnabled` and the like. */
export function installLevelMethods(prototype: object): void {
  const target = prototype as Prototype;
  for (const level of LEVELS) {
    define(target, level, levelMethod(level));
    define(target, `is${level.charAt(0).toUpperCase()}${level.slice(1)}Enabled`, isEnabled(LEVEL_RANKS[level]));
  }
  // `warn` and `fatal` are ours; the others spare a program that moves here from npm's or syslog's levels.
  for (const [alias, level] of Object.entries(CALL_ALIASES)) define(target, alias, target[level]);
}

function levelMethod(level: Level): (this: Internals, ...args: unknown[]) => Internals {
  const rank = LEVEL_RANKS[level];
  const category = categoryOf(level);
  // Declared with two parameters and read by `arguments`: a rest parameter would cost an array on every call.
  return function log(this: Internals, message?: unknown, fields?: unknown): Internals {
    const scope = this[SCOPE];
    if (scope.gate.rank < rank) return this;
    try {
      if (typeof message === 'string' && this[FORMAT] === undefined) {
        if (arguments.length === 1) {
          this[KERNEL].record(scope, rank, category, message, undefined, undefined);
          return this;
        }
        if (arguments.length === 2 && (isPlain(fields) || isFields(fields))) {
          this[KERNEL].record(scope, rank, category, message, fields, undefined);
          return this;
        }
      }
      // eslint-disable-next-line prefer-rest-params -- see above
      callLevel(this, level, Array.from(arguments));
    } catch (thrown) {
      callUnreadable(this, level, message, thrown);
    }
    return this;
  };
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isEnabled(rank: number) {
  return function (this: Internals): boolean {
    return this[SCOPE].gate.rank >= rank;
  };
}

function define(target: Prototype, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}
