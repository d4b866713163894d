import { type Clock } from '../clock';
import { type SettingsInput } from '../destination/settings';
import { type OpenSpool } from '../destination/spool-store';
import { type ConfigIssue } from '../errors';
import { type Failure } from '../failure-channel';
import { type Formatter } from '../formatters/formatter';
import { type Processor } from '../pipeline/processor';
import { type LogRecord } from '../record/log-record';
import { type StageSource } from '../transport/line-stage';
import { type Transport } from '../transport/transport';

/** A JSON Schema: of an object with `properties`, or just the map of its properties. */
export type PluginSchema = Readonly<Record<string, unknown>>;

/** What a plugin's `create` is given beside its options. */
export interface PluginContext {
  /** Name of the destination, or the type where there is none. */
  readonly name: string;
  readonly clock: Clock;
  /** Where to say what went wrong outside of a write. */
  readonly diagnostics: Diagnostics;
}

/** What a transport plugin is given more. */
export interface TransportContext extends PluginContext {
  /** Makes the transport of other destination options: for a group, whose members they are. */
  readonly transport: (options: MemberOptions) => Transport;
  /** What a decorator wants done with the lines where they are written; a transport that has no thread of its own need not look at it. */
  readonly stage?: StageSource;
}

/** A destination's options as a group holds them: what makes the transport counts, the rest is the group's business. */
export interface MemberOptions {
  readonly type: string;
  readonly name?: string;
  readonly [own: string]: unknown;
}

export interface Diagnostics {
  report(kind: Failure['kind'], error: Error, records?: number): void;
}

/** What a processor's `create` is given. */
export interface ProcessorContext extends PluginContext {
  /**
   * Sends a record on to the processors behind this one and to the destinations, with a `seq` and an `id` of its own:
   * a summary, or one that was held back. A record that is emitted while another is processed comes behind it; to get
   * in front, return undefined for the one at hand and emit it too, behind the other.
   */
  readonly emit: (record: LogRecord) => void;
  /** Calls back when the logger is flushed, closed or reconfigured and when the process ends: the time for a last word. */
  readonly onFlush: (callback: () => void) => void;
}

interface PluginBase {
  /** What `type` (or `format`) in plain configuration names. */
  readonly type: string;
  /** Of the plugin's own keys; without one, any key is taken. */
  readonly schema?: PluginSchema;
  /** Plugins that come with it, wherever it is used. */
  readonly brings?: readonly Plugin[];
}

/** One destination's options, and where they stand: `destinations[1]`. */
export interface PlacedOptions {
  readonly where: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Whether the schema has let them through: where it has not, values may be of the wrong type. */
  readonly valid: boolean;
}

export interface TransportPlugin<O extends object = never> extends PluginBase {
  readonly kind: 'transport';
  /** Queue, batch and retry settings that suit this transport better than the general ones. */
  readonly defaults?: Omit<SettingsInput, 'type'>;
  /** Whether its `destinations` are destination options too, and to be checked as such. */
  readonly group?: boolean;
  /**
   * Mistakes that a schema cannot tell, of all destinations of this type together: two files on one path, an address that
   * makes no sense, a package that is not installed. Called before anything is opened.
   */
  check?(destinations: readonly PlacedOptions[]): readonly ConfigIssue[];
  create(options: O, context: TransportContext): Transport;
}

export interface FormatterPlugin<O extends object = never> extends PluginBase {
  readonly kind: 'formatter';
  create(options: O, context: PluginContext): Formatter;
}

export interface ProcessorPlugin<O extends object = never> extends PluginBase {
  readonly kind: 'processor';
  create(options: O, context: ProcessorContext): Processor;
}

/** Brings the disk behind `queue.overflow: 'spool'`; the last one registered is used. */
export interface SpoolPlugin<O extends object = never> extends PluginBase {
  readonly kind: 'spool';
  create(options: O, context: PluginContext): OpenSpool;
}

export type Plugin = TransportPlugin | FormatterPlugin | ProcessorPlugin | SpoolPlugin;

/**
 * Makes a plugin: what a `type` in configuration means. Put it into `plugins`, or let a factory carry it along
 * with {@link withPlugin}.
 *
 * @example
 * const pager = definePlugin({ kind: 'transport', type: 'pager', create: () => new PagerTransport() });
 */
export function definePlugin<O extends object>(plugin: TransportPlugin<O>): TransportPlugin;
export function definePlugin<O extends object>(plugin: FormatterPlugin<O>): FormatterPlugin;
export function definePlugin<O extends object>(plugin: ProcessorPlugin<O>): ProcessorPlugin;
export function definePlugin<O extends object>(plugin: SpoolPlugin<O>): SpoolPlugin;
export function definePlugin(plugin: Plugin): Plugin {
  return Object.freeze({ ...plugin });
}

const CARRIED = Symbol.for('metaexpert.logger.plugin');

/** Plain destination options that bring their plugin along, so that code needs no `plugins` list. */
export function withPlugin<O extends object>(options: O, plugin: Plugin): O {
  return Object.defineProperty({ ...options }, CARRIED, { value: plugin, enumerable: true });
}

/** The plugin that {@link withPlugin} attached, if any. */
export function carriedPlugin(options: object): Plugin | undefined {
  return (options as { [CARRIED]?: Plugin })[CARRIED];
}
