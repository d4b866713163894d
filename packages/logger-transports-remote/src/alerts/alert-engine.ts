import { type Level, LEVEL_RANKS, type LogRecord } from '@metaexpert/logger-core';
import { type AlertRule, exceeds, holds, problemKey } from './alert-rule';
import { clockTime, describeRecord } from './alert-text';
import { isQuiet, type QuietHours } from './quiet-hours';
import { RateWindow } from './rate-window';

/** Something to be told to one channel. */
export interface AlertMessage {
  readonly kind: 'firing' | 'repeated' | 'escalated' | 'resolved';
  readonly rule: string;
  /** The same for all that is said of one problem. */
  readonly key: string;
  readonly channel: string;
  readonly level: Level;
  readonly text: string;
  /** Who is told when the channel cannot be reached. */
  readonly otherwise: readonly string[];
}

export interface AlertEngineOptions {
  readonly rules: readonly AlertRule[];
  readonly quietHours?: QuietHours | undefined;
  readonly startedMs: number;
}

/** A problem that somebody has been told of, or will be when the quiet hours are over. */
interface Problem {
  readonly rule: AlertRule;
  readonly key: string;
  readonly sinceMs: number;
  level: Level;
  text: string;
  count: number;
  toldCount: number;
  lastMs: number;
  toldMs: number | undefined;
  /** Back within its bound, or heard of again; said when it may be. */
  endedMs: number | undefined;
  readonly told: Set<string>;
}

const DEFAULT_REPEAT_MS = 600_000;
const DEFAULT_RESOLVE_MS = 600_000;
/** More problems at a time are not kept apart: those of a rule count as one. */
const MAX_PROBLEMS = 1000;

/** Decides what is told to whom, and when. Pure: takes records and the time, answers messages. */
export class AlertEngine {
  readonly #rules: readonly AlertRule[];
  readonly #quiet: QuietHours | undefined;
  readonly #problems = new Map<string, Problem>();
  readonly #windows = new Map<string, RateWindow>();
  readonly #heardMs = new Map<AlertRule, number>();

  constructor({ rules, quietHours, startedMs }: AlertEngineOptions) {
    this.#rules = rules;
    this.#quiet = quietHours;
    for (const rule of rules) if (rule.silence !== undefined) this.#heardMs.set(rule, startedMs);
  }

  /** Problems that wait for the end of the quiet hours, and of which nobody has heard. */
  get untold(): number {
    return [...this.#problems.values()].filter(({ toldMs }) => toldMs === undefined).length;
  }

  take(record: LogRecord, nowMs: number): AlertMessage[] {
    return this.#rules.filter((rule) => holds(rule.when, record)).flatMap((rule) => this.#apply(rule, record, nowMs));
  }

  /** What is to be said because time has passed; called about once a second. */
  tick(nowMs: number): AlertMessage[] {
    for (const [rule, heardMs] of this.#heardMs) {
      const known = this.#problems.get(silenceKey(rule));
      if (nowMs - heardMs < (rule.silence?.forMs ?? Infinity) || (known && known.endedMs === undefined)) continue;
      const text = `nothing heard for ${duration(nowMs - heardMs)}`;
      if (known === undefined) this.#open(rule, silenceKey(rule), { level: 'error', text, nowMs });
      else goesOn(known, nowMs);
    }
    for (const [key, window] of this.#windows) if (window.isOver(nowMs)) this.#windows.delete(key);
    return [...this.#problems.values()].flatMap((problem) => this.#review(problem, nowMs));
  }

  #apply(rule: AlertRule, record: LogRecord, nowMs: number): AlertMessage[] {
    if (rule.silence !== undefined) {
      this.#heardMs.set(rule, nowMs);
      return this.#end(silenceKey(rule), nowMs);
    }
    const key = problemKey(rule, record);
    const over = exceeds(rule, record);
    if (rule.threshold !== undefined && over !== true) return over === false ? this.#end(key, nowMs) : [];
    if (rule.rate !== undefined && !this.#problems.has(key)) {
      const slot = this.#windows.has(key) || this.#windows.size < MAX_PROBLEMS ? key : othersKey(rule);
      const window = this.#windows.get(slot) ?? new RateWindow(rule.rate);
      this.#windows.set(slot, window);
      if (!window.add(nowMs)) return [];
    }
    const problem = this.#problems.get(key);
    if (problem === undefined) {
      const text = describeRecord(rule, record);
      return this.#review(this.#open(rule, key, { level: record.level, text, nowMs }), nowMs);
    }
    goesOn(problem, nowMs);
    if (LEVEL_RANKS[record.level] >= LEVEL_RANKS[problem.level]) return [];
    // It has become worse: that is news, and may be told where the first word had to wait.
    problem.level = record.level;
    problem.text = describeRecord(rule, record);
    if (problem.toldMs !== undefined) problem.toldMs = -Infinity;
    return this.#review(problem, nowMs);
  }

  #open(rule: AlertRule, key: string, { level, text, nowMs }: { level: Level; text: string; nowMs: number }): Problem {
    const full = this.#problems.size >= MAX_PROBLEMS;
    const shared = othersKey(rule);
    const known = full ? this.#problems.get(shared) : undefined;
    if (known !== undefined) {
      goesOn(known, nowMs);
      return known;
    }
    const times = { sinceMs: nowMs, lastMs: nowMs, toldMs: undefined, endedMs: undefined, count: 1, toldCount: 0 };
    const problem: Problem = { rule, key: full ? shared : key, level, text, ...times, told: new Set<string>() };
    this.#problems.set(problem.key, problem);
    return problem;
  }

  /** What is due of a problem: the first word, a repetition, an escalation, its end. */
  #review(problem: Problem, nowMs: number): AlertMessage[] {
    const { rule, level, toldMs, sinceMs } = problem;
    if (isQuiet(this.#quiet, level, nowMs)) return [];
    const messages: AlertMessage[] = [];
    if (toldMs === undefined) messages.push(...this.#tell(problem, 'firing', rule.to, nowMs));
    // What is over goes on for nobody: its end has the number, too.
    if (isOver(problem, nowMs)) {
      this.#problems.delete(problem.key);
      return [...messages, ...this.#tell(problem, 'resolved', [...problem.told], nowMs)];
    }
    if (
      toldMs !== undefined &&
      problem.count > problem.toldCount &&
      nowMs - toldMs >= (rule.repeatMs ?? DEFAULT_REPEAT_MS)
    ) {
      messages.push(...this.#tell(problem, 'repeated', [...problem.told], nowMs));
    }
    const { escalate } = rule;
    const added = escalate?.to.filter((channel) => !problem.told.has(channel)) ?? [];
    if (escalate !== undefined && added.length > 0 && nowMs - sinceMs >= escalate.afterMs) {
      messages.push(...this.#tell(problem, 'escalated', added, nowMs));
    }
    return messages;
  }

  #end(key: string, nowMs: number): AlertMessage[] {
    const problem = this.#problems.get(key);
    if (problem === undefined) return [];
    problem.endedMs = nowMs;
    return this.#review(problem, nowMs);
  }

  #tell(problem: Problem, kind: AlertMessage['kind'], channels: readonly string[], nowMs: number): AlertMessage[] {
    const { rule, level, key, count, sinceMs } = problem;
    const since = clockTime(sinceMs, this.#quiet?.timeZone ?? 'UTC');
    const times = count > 1 ? `\n×${count} since ${since}` : kind === 'firing' ? '' : `\nsince ${since}`;
    const text = `[${rule.name}] ${kind === 'firing' ? '' : `${kind}: `}${problem.text}${times}`;
    problem.toldMs = nowMs;
    problem.toldCount = count;
    for (const channel of channels) problem.told.add(channel);
    // Who is told anyway need not be told in another's place.
    const others = kind === 'escalated' ? [] : (rule.escalate?.to ?? []);
    const otherwise = others.filter((channel) => !channels.includes(channel));
    return channels.map((channel) => ({ kind, rule: rule.name, key, channel, level, text, otherwise }));
  }
}

function goesOn(problem: Problem, nowMs: number): void {
  problem.count += 1;
  problem.lastMs = nowMs;
  problem.endedMs = undefined;
}

/** A silence ends with a sign of life, a bound when it is kept again; the others when nothing more comes. */
function isOver({ rule, endedMs, lastMs }: Problem, nowMs: number): boolean {
  if (rule.silence !== undefined || rule.threshold !== undefined) return endedMs !== undefined;
  return nowMs - lastMs >= (rule.resolveAfterMs ?? DEFAULT_RESOLVE_MS);
}

function silenceKey({ name }: AlertRule): string {
  return JSON.stringify([name]);
}

function othersKey({ name }: AlertRule): string {
  return JSON.stringify([name, 'others']);
}

/** `5 min`, `90 s`. */
function duration(ms: number): string {
  return ms >= 120_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 1000)} s`;
}
