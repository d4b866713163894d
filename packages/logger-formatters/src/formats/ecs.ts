import {
  ConfigError,
  definePlugin,
  type ErrorRecord,
  type Fields,
  fieldsText,
  type Formatter,
  isFresh,
  type LogRecord,
} from '@metaexpert/logger-core';
import { jsonString, jsonText } from '../escape/json-text';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { keptByName, keptLast } from '../record/kept';
import { createJsonTimestamp, isPlainTimestamp, RFC3339_SCHEMA } from '../time/timestamp';
import { createFormatter } from './create-formatter';
import { ecsDuration } from './ecs-duration';
import { createEcsLine } from './ecs-line';
import { parseSource } from './source';

/** Options of an ECS formatter. */
export interface EcsOptions extends FieldChoice {
  /** `ecs.version`. @default '9.4.0' */
  version?: string;
  /** `service.name`. @default the logger's name up to its first dot */
  serviceName?: string;
  /** Where fields that ECS does not know are: an object of this name, which must be none of ECS's own. @default 'metaexpert' */
  namespace?: string;
  timestamp?: { digits?: 3 | 6 | 9; zone?: string };
}

/** ECS's top-level names that a record uses; the namespace must be another one. */
const USED: ReadonlySet<string> = new Set([
  ...['@timestamp', 'log', 'log.level', 'message', 'ecs', 'ecs.version', 'error', 'trace', 'span', 'process', 'host'],
  ...['service', 'event', 'tags', 'labels'],
]);
/** What a record says of where it comes from. */
type Whence = Pick<LogRecord, 'logger' | 'pid' | 'thread' | 'host'>;

const ERROR_SLOTS: ReadonlySet<string> = new Set(['name', 'message', 'code', 'stack']);
const before = keptByName((key) => `,${jsonString(key)}:`);

/**
 * Makes a formatter of the Elastic Common Schema: JSON Lines that begin with `@timestamp`, `log.level`, `message`, `ecs.version`
 * (the order that ECS loggers keep), then names of the schema for what the record has, and the fields in a namespace of their
 * own, nested as they came. Of an error, `error.type`, `.message`, `.code` and `.stack_trace` are ECS's; its causes and own properties are
 * `<namespace>.error`. Called once per record; keeps nothing of it.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, for a namespace that is ECS's, or a zone that is none
 */
export function createEcs(options: EcsOptions = {}): Formatter {
  const { version = '9.4.0', serviceName, namespace = 'metaexpert', timestamp } = options;
  if (USED.has(namespace)) {
    throw new ConfigError([{ path: 'namespace', message: `'${namespace}' is a name of ECS itself` }]);
  }
  const time = createJsonTimestamp(timestamp);
  const versionJson = `,"ecs.version":${jsonString(version)}`;
  const custom = `,${jsonString(namespace)}:`;
  const service = keptLast((logger) => {
    const name = serviceName ?? logger.split('.')[0] ?? '';
    return name === '' ? '' : `,"service":{"name":${jsonString(name)}}`;
  });
  const log = keptLast((logger) => (logger === '' ? '' : `,"log":{"logger":${jsonString(logger)}}`));
  const tags = keptLast((category) => (category === '' ? '' : `,"tags":["${category}"]`));
  const place = createPlace();
  const whence = (record: Whence): string => versionJson + log(record.logger) + service(record.logger) + place(record);
  const usual = createUsual(whence);
  const write = isPlainTimestamp(timestamp) ? createEcsLine({ whence, custom }) : undefined;
  const render = (record: LogRecord): string => {
    const { level, logger, message, error, traceId, spanId, category, source } = record;
    let line = `{"@timestamp":${time(record)},"log.level":"${level}","message":${jsonString(message)}`;
    if (source === undefined && error === undefined && traceId === undefined && spanId === undefined) {
      line += usual(record);
    } else {
      line += versionJson + (source === undefined ? log(logger) : logObject(logger, source));
      if (error !== undefined) line += `,"error":${errorObject(error)}`;
      line += service(logger);
      if (traceId !== undefined) line += `,"trace":{"id":${jsonString(traceId)}}`;
      if (spanId !== undefined) line += `,"span":{"id":${jsonString(spanId)}}`;
      line += place(record);
    }
    line += eventObject(record);
    line += tags(category);
    line += labelsObject(record);
    const extra = customFields(record);
    return extra === undefined ? `${line}}` : `${line}${custom}${extra}}`;
  };
  return createFormatter(options, render, write);
}

/** The ECS formatter with its defaults. */
export const ecs: Formatter = createEcs();

const text = { type: 'string' } as const;

/** What `format: 'ecs'` in plain configuration means. */
export const ecsPlugin = definePlugin({
  kind: 'formatter',
  type: 'ecs',
  schema: { ...FIELD_CHOICE_SCHEMA, version: text, serviceName: text, namespace: text, timestamp: RFC3339_SCHEMA },
  create: (options: EcsOptions) => createEcs(options),
});

/** What a record without error, trace and source says between its message and its event: that of the record before, mostly. */
function createUsual(make: (record: Whence) => string): (record: LogRecord) => string {
  let last: Partial<Whence> = {};
  let text = '';
  return (record: Whence) => {
    const { logger, pid, thread, host } = record;
    if (logger !== last.logger || pid !== last.pid || thread !== last.thread || host !== last.host) {
      text = make(record);
      last = record;
    }
    return text;
  };
}

/** Process and host are those of the record before, mostly: their text is kept. */
function createPlace(): (record: Whence) => string {
  let last: Partial<Whence> = {};
  let text = '';
  return (record) => {
    const { pid, thread, host } = record;
    if (pid !== last.pid || thread !== last.thread || host !== last.host) {
      text = pid === undefined && thread === undefined ? '' : `,"process":${processObject(record)}`;
      if (host !== undefined) text += `,"host":{"hostname":${jsonString(host)}}`;
      last = record;
    }
    return text;
  };
}

function processObject({ pid, thread }: Whence): string {
  return jsonText({ pid, thread: thread === undefined ? undefined : { id: thread } });
}

function logObject(logger: string, source: string): string {
  const { file, line, function: name } = parseSource(source);
  const origin = file === undefined ? { file: { name: source } } : { file: { name: file, line }, function: name };
  return `,"log":${jsonText({ logger: logger === '' ? undefined : logger, origin })}`;
}

function errorObject({ name, message, code, stack }: ErrorRecord): string {
  return jsonText({ type: name, message, code: code === undefined ? undefined : String(code), stack_trace: stack });
}

/** Nothing is cut off a text here: V8 joins the pieces of one only to cut it. */
function eventObject(record: LogRecord): string {
  const { id, seq, fields } = record;
  const ms = fields['durationMs'] ?? fields['duration_ms'];
  const duration = ecsDuration(ms);
  if (id !== '' && seq !== undefined && duration === undefined) {
    // A logger's own id has nothing to escape; looking for it would make V8 join its pieces first.
    return `,"event":{"id":${isFresh(record) ? `"${id}"` : jsonString(id)},"sequence":${jsonText(seq)}}`;
  }
  const members = [
    id === '' ? undefined : `"id":${jsonString(id)}`,
    seq === undefined ? undefined : `"sequence":${jsonText(seq)}`,
    duration === undefined ? undefined : `"duration":${duration}`,
  ].filter((member) => member !== undefined);
  return members.length === 0 ? '' : `,"event":{${members.join(',')}}`;
}

function labelsObject({ simulatedTime, truncated }: LogRecord): string {
  if (simulatedTime === undefined && truncated === undefined) return '';
  return `,"labels":${jsonText({ simulated_time: simulatedTime, truncated: truncated === undefined ? undefined : 'true' })}`;
}

/** JSON of the user's fields and of what ECS has no name for in an error; a field called `error` makes room for that. */
function customFields(record: LogRecord): string | undefined {
  const { fields, error } = record;
  if (error === undefined) {
    const text = fieldsText(record);
    if (text !== undefined) return text === '{}' ? undefined : text;
  }
  let rest: Fields | undefined;
  for (const key of Object.keys(error ?? {})) {
    if (ERROR_SLOTS.has(key)) continue;
    rest ??= Object.create(null) as Fields;
    rest[key] = error?.[key];
  }
  let members = '';
  for (const key of Object.keys(fields)) {
    const name = rest !== undefined && (key === 'error' || key === 'fields.error') ? `fields.${key}` : key;
    members += before(name) + jsonText(fields[key]);
  }
  if (rest !== undefined) members += `,"error":${jsonText(rest)}`;
  return members === '' ? undefined : `{${members.slice(1)}}`;
}
