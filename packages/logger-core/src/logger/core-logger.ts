import { type Logform } from 'winston';
import { type LoggerOptions, type Preset } from '../config/logger-options';
import { type ExplainedValue } from '../config/layers';
import { type DestinationHealth } from '../destination/health';
import { type Receipt } from '../destination/receipt';
import { requireLevel } from '../config/require-level';
import { resolveConfig } from '../config/resolve';
import { LEVEL_RANKS, parseCallLevel } from '../level';
import { type Fields } from '../record/log-record';
import { mergeFields, withoutKeys } from '../record/merge-fields';
import { AddedTransports, type WinstonTarget } from './added-transports';
import { ADDED, FORMAT, KERNEL, SCOPE } from './internals';
import { Kernel } from './kernel';
import { installLevelMethods } from './level-methods';
import { type TimeOptions } from './logger';
import { type LoggerScope } from './scope';
import { timed } from './timed';
import { writeInfo } from './write-info';
import { callAudit } from './call-audit';
import { callLog } from './call-log';
import { callPerformance } from './call-performance';
import { WINSTON_LEVELS, WinstonEngine } from './winston-engine';

/**
 * A winston logger whose `write` is the seam: level methods, `log`, `profile`, streams and children all end
 * there, and a record goes from there to the pipeline without passing winston's streams.
 */
export class CoreLogger extends WinstonEngine {
  declare [KERNEL]: Kernel;
  declare [SCOPE]: LoggerScope;
  declare [ADDED]: AddedTransports;
  declare [FORMAT]: Logform.Format | undefined;

  constructor(given: LoggerOptions | Preset | undefined) {
    super({ levels: WINSTON_LEVELS });
    const kernel = new Kernel(given, this);
    this[KERNEL] = kernel;
    this[SCOPE] = kernel.scope(undefined, {});
    this[FORMAT] = kernel.config.options.format;
    this[ADDED] = new AddedTransports(kernel, this);
  }

  get name(): string {
    return this[SCOPE].named ?? this[KERNEL].config.options.name;
  }

  get level(): string {
    return this[KERNEL].gates.level(this.name);
  }

  set level(level: string) {
    // winston's constructor sets it before there is anything to set.
    if (KERNEL in this) this.setLevel(level);
  }

  get silent(): boolean {
    return this[KERNEL].gates.silent;
  }

  set silent(silent: boolean | undefined) {
    if (KERNEL in this) this[KERNEL].gates.silent = silent === true;
  }

  get format(): Logform.Format | undefined {
    return this[FORMAT];
  }

  set format(format: Logform.Format | undefined) {
    if (KERNEL in this) this[FORMAT] = format;
  }

  get transports(): readonly WinstonTarget[] {
    return ADDED in this ? this[ADDED].list : [];
  }

  setLevel(given: string, loggerName?: string): void {
    this[KERNEL].gates.set(requireLevel(given), loggerName);
  }

  isLevelEnabled(level: string): boolean {
    const known = parseCallLevel(level);
    return known !== undefined && this[SCOPE].gate.rank >= LEVEL_RANKS[known];
  }

  override log(...args: unknown[]): this {
    callLog(this, args);
    return this;
  }

  /** winston's seam: an info object, from `log`, `profile`, a stream piped in, or a transport's own use. */
  write(info: unknown, encoding?: unknown, callback?: unknown): boolean {
    writeInfo(this, info);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') queueMicrotask(done as () => void);
    return true;
  }

  child(fields: Fields = {}): this {
    return relativeOf(this, this[SCOPE].named, mergeFields(this[SCOPE].fields, fields));
  }

  bind(fields: Fields): this {
    return this.child(fields);
  }

  unbind(...keys: readonly (string | readonly string[])[]): this {
    const { named, fields } = this[SCOPE];
    return relativeOf(this, named, keys.length === 0 ? {} : withoutKeys(fields, ...keys.flat()));
  }

  named(name: string): this {
    return relativeOf(this, name, this[SCOPE].fields);
  }

  performance(...args: unknown[]): this {
    callPerformance(this, args);
    return this;
  }

  time<T>(operation: string, run: () => T | Promise<T>, options?: TimeOptions): Promise<T> {
    return timed(this, operation, run, options);
  }

  audit(message: string, fields?: Fields): Promise<void> {
    return callAudit(this, message, fields);
  }

  health(): DestinationHealth[] {
    return this[KERNEL].health();
  }

  explainConfig(): readonly ExplainedValue[] {
    return this[KERNEL].config.explained;
  }

  reconfigure(options: LoggerOptions | Preset): Promise<Receipt> {
    // Resolved here, so that a bad configuration throws at the call and is not a rejection that nobody awaits.
    const closed = this[KERNEL].reconfigure(resolveConfig(options));
    this[FORMAT] = this[KERNEL].config.options.format;
    return closed;
  }

  flush({ timeoutMs }: { timeoutMs?: number } = {}): Promise<Receipt> {
    return this[KERNEL].flush(timeoutMs);
  }

  async close({ timeoutMs }: { timeoutMs?: number } = {}): Promise<Receipt> {
    this.exceptions.unhandle();
    this.rejections.unhandle();
    const receipt = await this[KERNEL].close(timeoutMs);
    this.emit('close');
    return receipt;
  }

  add(transport: WinstonTarget): this {
    this[ADDED].add(transport);
    return this;
  }

  /** winston's handlers of exceptions come through a pipe; so may any stream of objects. */
  pipe<T extends WinstonTarget>(target: T): T {
    this[ADDED].add(target);
    return target;
  }

  unpipe(target: WinstonTarget): this {
    return this.remove(target);
  }

  remove(transport: WinstonTarget): this {
    this[ADDED].remove(transport);
    return this;
  }

  clear(): this {
    for (const transport of [...this[ADDED].own]) this.remove(transport);
    return this;
  }

  override configure(options: object = {}): void {
    // winston's own configure adds, levels and formats through the members above.
    if (!(KERNEL in this)) super.configure(options);
    else super.configure({ level: this.level, ...options, levels: this.levels });
  }

  /** Called by `end()`: the stream finishes when everything is out. */
  _final(callback: (error?: Error) => void): void {
    this[KERNEL].close().then(() => callback(), callback);
  }
}

// No #private method: a child is made by Object.create and could not call it for a grandchild.
function relativeOf<T extends CoreLogger>(logger: T, named: string | undefined, fields: Fields): T {
  const relative = Object.create(logger) as T;
  relative[SCOPE] = logger[KERNEL].scope(named, fields);
  return relative;
}

installLevelMethods(CoreLogger.prototype);
