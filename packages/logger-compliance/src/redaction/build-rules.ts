import { type Action } from './action';
import { patternDetector } from './detector';
import { DETECTORS } from './detectors';
import { type PathRule } from './key-matcher';
import { numberedSegment, parsePath, patternSegment, toSegment } from './key-path';
import { PRESETS, type RedactPreset } from './presets';
import { type RedactionOptions } from './redact-options';
import { type ValueRule } from './text-redactor';

/** What the options come to: rules for keys and rules for values, those that the caller named before the presets'. */
export interface RedactionRules {
  readonly keys: readonly PathRule[];
  readonly values: readonly ValueRule[];
}

const DEEP = { kind: 'deep' } as const;

export function buildRules(options: RedactionOptions): RedactionRules {
  const { action: fallback = 'mask' } = options;
  const presets = presetsOf(options).map((name) => PRESETS[name]);
  const keys = [
    ...(options.paths ?? []).map((one) => pathRule(typeof one === 'string' ? { path: one } : one, fallback)),
    ...(options.keys ?? []).map((one) =>
      keyRule(typeof one === 'string' || one instanceof RegExp ? { key: one } : one, fallback),
    ),
    ...presets.flatMap((preset) => preset.keys).map((key) => presetRule(key, fallback)),
  ];
  const values = [
    ...(options.patterns ?? []).map(({ name, pattern, action = fallback }) => ({
      name,
      action,
      detector: patternDetector({ name, needs: 0, minLength: 1, plain: { maxChars: 0 } }, globally(pattern)),
    })),
    ...[...(options.values ?? []), ...presets.flatMap((preset) => preset.detectors)].flatMap((one) => {
      const { value, action = fallback } = typeof one === 'string' ? { value: one } : one;
      const detector = DETECTORS.get(value);
      return detector === undefined ? [] : { name: value, action, detector };
    }),
  ];
  return { keys, values: values.filter((rule, at) => values.findIndex(({ name }) => name === rule.name) === at) };
}

function presetsOf({ presets, paths, keys, values, patterns, protect }: RedactionOptions): readonly RedactPreset[] {
  const nothing = [paths, keys, values, patterns, protect].every((given) => given === undefined);
  return presets ?? (nothing ? ['exchanges'] : []);
}

function pathRule(
  { path, name = path, action }: { path: string; name?: string; action?: Action },
  fallback: Action,
): PathRule {
  return { name, action: action ?? fallback, path: parsePath(path) ?? [] };
}

function keyRule(
  { key, name = String(key), action }: { key: string | RegExp; name?: string; action?: Action },
  fallback: Action,
): PathRule {
  const segment = typeof key === 'string' ? toSegment(key) : patternSegment(key);
  return { name, action: action ?? fallback, path: [DEEP, segment] };
}

/** Names of something else when a number stands behind: the two tokens of a pool, a service for logins. */
const NEVER_NUMBERED: ReadonlySet<string> = new Set(['token', 'auth']);

function presetRule(key: string, action: Action): PathRule {
  return { name: key, action, path: [DEEP, NEVER_NUMBERED.has(key) ? toSegment(key) : numberedSegment(key)] };
}

function globally(pattern: string | RegExp): RegExp {
  const { source, flags } = new RegExp(pattern);
  return new RegExp(source, flags.replace(/[gy]/g, '') + 'g');
}
