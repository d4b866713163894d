import { type EventEmitter } from 'node:events';
import { systemClock } from '../clock';
import { type LoggerOptions, type Preset } from '../config/logger-options';
import { type ResolvedConfig, resolveConfig } from '../config/resolve';
import { type Destination } from '../destination/destination';
import { type DestinationHealth } from '../destination/health';
import { type QueuedEntry } from '../destination/queued-entry';
import { createReceipt, type Receipt } from '../destination/receipt';
import { LoggerError } from '../errors';
import { FailureChannel } from '../failure-channel';
import { type Formatter } from '../formatters/formatter';
import { LEVEL_RANKS } from '../level';
import { exitHooks, type Endable } from '../lifecycle/exit-hooks';
import { buildRoutes, type BuildParts } from '../pipeline/build-destinations';
import { Dispatcher, type Route } from '../pipeline/dispatcher';
import { RouteTable } from '../pipeline/route-table';
import { Pipeline } from '../pipeline/pipeline';
import { KeyTable } from '../record/key-table';
import { type Category, type Fields } from '../record/log-record';
import { createSecretTest } from '../record/mask';
import { Recorder } from '../record/recorder';
import { AuditWatch, awaitedDestinations, nextSettled } from './audit';
import { type CrashHandlers, crashMessage } from './crash-message';
import { LevelGates } from './level-gates';
import { ProcessorHost } from './processor-host';
import { type FormattedCall } from './normalize-call';
import { type LoggerScope } from './scope';

/** What a logger and all its children share: configuration, sequence, pipeline and destinations. */
export class Kernel implements Endable {
  readonly failures: FailureChannel;
  readonly gates: LevelGates;
  readonly pipeline: Pipeline;
  /** The logger itself: where failures are emitted, and winston's handlers of exceptions. */
  readonly #owner: EventEmitter & CrashHandlers;
  readonly #recorder: Recorder;
  readonly #processors: ProcessorHost;
  readonly #routes: RouteTable;
  #config: ResolvedConfig;
  #generation = 0;
  #closing: Promise<Receipt> | undefined;

  constructor(given: LoggerOptions | Preset | undefined, owner: EventEmitter & CrashHandlers) {
    this.#owner = owner;
    this.#config = resolveConfig(given);
    const { options } = this.#config;
    const keys = new KeyTable(createSecretTest(options.redact));
    this.failures = new FailureChannel(owner);
    this.gates = new LevelGates(options);
    this.#recorder = new Recorder({ keys, clock: options.clock ?? systemClock, fields: options.fields });
    const dispatcher = new Dispatcher(this.failures);
    this.pipeline = new Pipeline({ dispatcher, failures: this.failures, keys });
    this.#processors = new ProcessorHost(this, this.#recorder);
    this.#processors.use(this.#processors.build(this.#config), keys);
    this.#routes = new RouteTable(dispatcher, ({ widestRank }) => {
      this.gates.widestRank = widestRank;
      const { values, marks } = dispatcher.collects;
      this.#recorder.collects = { values: values || (marks && this.pipeline.processes), marks };
    });
    this.#routes.replace(buildRoutes(options.destinations, this.#parts(this.#config)));
    if (options.exitHooks !== false) exitHooks.register(this);
  }

  get config(): ResolvedConfig {
    return this.#config;
  }

  get shutdownTimeoutMs(): number {
    return this.#config.options.shutdownTimeoutMs;
  }

  /** All that may hold records, also those that a reconfiguration has replaced. */
  get destinations(): readonly Destination[] {
    return this.#routes.all;
  }

  get pending(): number {
    return this.destinations.reduce((sum, { pending }) => sum + pending, 0);
  }

  scope(named: string | undefined, fields: Fields): LoggerScope {
    const record = this.#recorder.scope(named ?? this.#config.options.name, fields);
    return { named, fields, gate: this.gates.gate(named), record, generation: this.#generation };
  }

  /** Text of an object that stands in a message, masked like a field. */
  show(value: object): string {
    return this.#recorder.show(value);
  }

  /** One record, from the call to the queues of its destinations. Never throws. */
  record(
    scope: LoggerScope,
    rank: number,
    category: Category,
    message: string,
    fields: object | undefined,
    error: unknown,
    text?: string,
  ): void {
    if (scope.generation !== this.#generation) this.#refresh(scope);
    const snapshot = this.#recorder.capture(scope.record, rank, category, message, fields, error, text);
    if (!this.pipeline.pass(snapshot, scope.gate)) this.#processors.dropped(snapshot);
  }

  /** @throws LoggerError `MXL_AUDIT_FAILED` unless every destination that it concerns has the record durably */
  async audit(scope: LoggerScope, { message, fields, error, text }: FormattedCall): Promise<void> {
    if (scope.generation !== this.#generation) this.#refresh(scope);
    const snapshot = this.#recorder.capture(scope.record, LEVEL_RANKS.info, 'audit', message, fields, error, text);
    // No level keeps an audit record back, unless it is a destination's own.
    const everyLevel = { levelRank: LEVEL_RANKS.debug, rank: LEVEL_RANKS.debug };
    const awaited = awaitedDestinations(this.pipeline.dispatcher.takers(snapshot, everyLevel));
    if (awaited.length === 0) throw new LoggerError('MXL_AUDIT_FAILED', 'no destination takes the audit record');
    const timeoutMs = Math.max(...awaited.map(({ settings }) => settings.timeoutMs));
    // Not awaited while there is room: the record keeps its place among those of the calls that follow.
    const end = performance.now() + timeoutMs;
    while (awaited.some(({ full }) => full) && performance.now() < end) await nextSettled(awaited, end);
    const watch = new AuditWatch(awaited, timeoutMs);
    if (!this.pipeline.pass(snapshot, everyLevel, watch)) {
      this.#processors.dropped(snapshot);
      for (const { name } of awaited) watch.settled(name, 'a processor dropped or withheld it', undefined);
    }
    for (const destination of awaited) destination.hurry();
    await watch.acknowledged();
  }

  /** @throws ConfigError; then the old configuration goes on */
  reconfigure(config: ResolvedConfig): Promise<Receipt> {
    const { options } = config;
    const chain = this.#processors.build(config);
    const routes = buildRoutes(options.destinations, this.#parts(config));
    this.settle();
    // What is queued goes to the old destinations before the new ones write to the same files.
    for (const destination of this.#routes.active) destination.startFinalFlush();
    const keys = new KeyTable(createSecretTest(options.redact));
    this.#config = config;
    this.#recorder.configure({ keys, clock: options.clock ?? systemClock, fields: options.fields });
    this.#processors.use(chain, keys);
    this.gates.replace(options);
    this.#generation += 1;
    const old = this.#routes.replace(routes);
    return this.#routes.retire(old, this.shutdownTimeoutMs).then(createReceipt);
  }

  add(build: (parts: BuildParts) => Route): Route {
    const route = build(this.#parts(this.#config));
    this.#routes.add(route);
    return route;
  }

  async remove(route: Route): Promise<void> {
    this.#routes.remove(route);
    await this.#routes.retire([route.destination], this.shutdownTimeoutMs);
  }

  health(): DestinationHealth[] {
    return this.#routes.active.map((destination) => destination.health());
  }

  /** Has the processors say what they have kept back. */
  settle(): void {
    this.#processors.settle();
  }

  async flush(timeoutMs: number = this.shutdownTimeoutMs): Promise<Receipt> {
    this.settle();
    await Promise.all(this.destinations.map((destination) => destination.flush(timeoutMs)));
    return createReceipt(this.#routes.active.map((destination) => destination.receipt()));
  }

  close(timeoutMs: number = this.shutdownTimeoutMs): Promise<Receipt> {
    return (this.#closing ??= this.#close(timeoutMs));
  }

  async #close(timeoutMs: number): Promise<Receipt> {
    this.settle();
    const receipts = await this.#routes.retire(this.destinations, timeoutMs);
    exitHooks.unregister(this);
    return createReceipt(receipts.slice(0, this.#routes.active.length));
  }

  /** An exception that nobody caught: the last record, made before Node ends the process its own way. */
  crashed(error: unknown, origin: string): void {
    const message = crashMessage(this.#owner, error, origin);
    if (message === undefined) return;
    this.record(this.scope(undefined, {}), LEVEL_RANKS.critical, 'error', message, undefined, error);
  }

  #refresh(scope: LoggerScope): void {
    Object.assign(scope, this.scope(scope.named, scope.fields));
  }

  #parts({ registry, options }: ResolvedConfig): BuildParts {
    const { dispatcher } = this.pipeline;
    const notice = (formatter: Formatter, text: string, destination: string): QueuedEntry =>
      dispatcher.format(formatter, this.#recorder.notice(options.name, LEVEL_RANKS.warning, text), destination);
    return { registry, failures: this.failures, clock: options.clock ?? systemClock, notice };
  }
}
