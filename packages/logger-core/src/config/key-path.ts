/** Puts a value where a path of keys says, making objects on the way. */
export function setPath(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const next = target[key];
  const child = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : {};
  target[key] = child;
  setPath(child, rest, value);
}

/** `SHUTDOWN_TIMEOUT_MS` or `shutdown-timeout-ms` to `shutdownTimeoutMs`. */
export function toCamelCase(words: string): string {
  return words.toLowerCase().replace(/[-_]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Text from the environment or the command line as the value it looks like: a number, a boolean, JSON, else text. */
export function parseText(text: string): unknown {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (!/^[[{"]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // It only looked like JSON; the check says whether text will do here.
    return text;
  }
}
