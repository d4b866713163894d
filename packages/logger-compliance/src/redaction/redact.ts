import { ConfigError, definePlugin, type LineBytes, type Processor } from '@metaexpert/logger-core';
import { checkRedactionOptions } from './check-options';
import { type RedactionOptions } from './redact-options';
import { type RedactionReport } from './redaction-report';
import { Redactor } from './redactor';

/** A processor that hides, and what else can be asked of it. */
export interface RedactProcessor extends Processor {
  /** Hides these values too from now on, in every form; undefined ones are passed over. */
  protect(...values: readonly (string | undefined)[]): void;
  /** How often each rule has hidden something. */
  report(): RedactionReport;
  /** The same for any text, for example one that is not logged. */
  text(text: string): string;
}

/**
 * Makes a processor that hides secrets and persons in records: by the names and paths of fields, by the form of values in
 * any text, and certain values wherever they appear. It never changes the record it is given; when it fails, the
 * logger withholds the record.
 *
 * @throws ConfigError with every mistake in the options
 * @example
 * createLogger({ processors: [redact({ presets: ['exchanges', 'pci'] })] });
 */
export function redact(options: RedactionOptions = {}): RedactProcessor {
  return create(options, '');
}

function create(options: RedactionOptions, path: string): RedactProcessor {
  const issues = checkRedactionOptions(options, path);
  if (issues.length > 0) throw new ConfigError(issues);
  const redactor = new Redactor(options);
  return Object.assign((record: Parameters<Processor>[0]) => redactor.record(record), {
    line: (line: string) => redactor.line(line),
    keeps: (line: LineBytes) => redactor.keeps(line),
    protect: (...values: readonly (string | undefined)[]) => redactor.protect(...values),
    report: () => redactor.report(),
    text: (text: string) => redactor.text(text),
  });
}

/** For `plugins`: lets plain configuration name `{ type: 'redact', presets: ['exchanges'] }` as a processor. */
export const redactPlugin = definePlugin({
  kind: 'processor',
  type: 'redact',
  create: (options: RedactionOptions) => create(options, 'redact'),
});
