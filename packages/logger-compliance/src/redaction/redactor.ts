import { encodeRecord, type LineBytes, type LogRecord } from '@metaexpert/logger-core';
import { MESSAGE } from 'triple-beam';
import { buildRules, type RedactionRules } from './build-rules';
import { JsonRedactor } from './json-redactor';
import { isJson, looksLikeJson } from './json-text';
import { KeyMatcher } from './key-matcher';
import { LineShapes } from './line-shapes';
import { ProtectedValues, protectedValues } from './protected-values';
import { readRecord } from './read-record';
import { type RedactionOptions } from './redact-options';
import { processCounts, RedactionCounts, type RedactionReport } from './redaction-report';
import { TextRedactor, type ValueRule } from './text-redactor';

/** Hides in records what its rules name. Never changes what it is given. */
export class Redactor {
  readonly #options: RedactionOptions;
  readonly #rules: RedactionRules;
  readonly #counts = new RedactionCounts(processCounts);
  readonly #own = new ProtectedValues();
  #version = -1;
  #keys!: KeyMatcher;
  #texts!: TextRedactor;
  #shapes!: LineShapes;

  constructor(options: RedactionOptions) {
    this.#options = options;
    this.#rules = buildRules(options);
    this.protect(...(options.protect ?? []));
    this.#prepare();
  }

  /** Hides these values from now on, in this redaction alone. */
  protect(...values: readonly (string | undefined)[]): void {
    for (const value of values) this.#own.add(value);
  }

  /** What has been hidden so far, by rule and count. */
  report(): RedactionReport {
    return this.#counts.report();
  }

  /** A record's line, as the `json` formatter writes it; the same text when there is nothing to hide. */
  line(line: string): string {
    this.#prepare();
    return this.#shapes.redact(line);
  }

  /** Whether a record's line is sure to have nothing to hide. */
  keeps(line: LineBytes): boolean {
    this.#prepare();
    return this.#shapes.keeps(line);
  }

  /** The same record when there is nothing to hide in it. */
  record(record: LogRecord): LogRecord {
    this.#prepare();
    const before = this.#texts.hiddenByKey;
    const line = encodeRecord(record);
    const redacted = this.line(line);
    const { [MESSAGE]: text } = record;
    // Core masks before a processor runs, so its masks tell of secret keys as well.
    const byKey = this.#texts.hiddenByKey > before || redacted.includes('"***');
    const shown = text === undefined ? undefined : this.#formatted(text, byKey);
    if (redacted === line && shown === text) return record;
    return readRecord(redacted, record, shown);
  }

  /** Any text. */
  text(text: string): string {
    this.#prepare();
    return JsonRedactor.text(text, this.#keys.root, this.#texts);
  }

  /**
   * What a winston format made of the record. Values that are secret by their key cannot be found in free text: then
   * it is withheld, and the record's line stands for it.
   */
  #formatted(text: string, byKey: boolean): string | undefined {
    if (looksLikeJson(text) && isJson(text)) return this.text(text);
    return byKey ? undefined : this.text(text);
  }

  /** Values may be protected at any time. */
  #prepare(): void {
    const version = this.#own.version + protectedValues.version;
    if (version === this.#version) return;
    this.#version = version;
    const found = [this.#own.detector, protectedValues.detector].filter((one) => one !== undefined);
    const { action = 'mask' } = this.#options;
    const secrets = found.map((detector): ValueRule => ({ name: detector.name, action, detector }));
    this.#texts = new TextRedactor({
      rules: [...secrets, ...this.#rules.values],
      assignments: this.#rules.keys.some(({ path }) => path.length === 1 || path[0]?.kind === 'deep'),
      root: () => this.#keys.root,
      pseudonymize: this.#options.pseudonymize,
      counts: this.#counts,
    });
    const texts = this.#texts;
    this.#keys = new KeyMatcher(this.#rules.keys, (key) => texts.redact(key));
    this.#shapes = new LineShapes(this.#keys.root, texts);
  }
}
