const UNSAFE = /[\u007f-\u009f\u2028\u2029]/g;

/** JSON text of a string as core writes it: what could drive a terminal or end a line is escaped. */
export function jsonText(text: string): string {
  return JSON.stringify(text).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Whether a text looks as if it were an object, an array or a string in JSON. */
export function looksLikeJson(text: string): boolean {
  const inner = text.trim();
  const pair = `${inner.charAt(0)}${inner.charAt(inner.length - 1)}`;
  return inner.length > 1 && (pair === '{}' || pair === '[]' || pair === '""');
}

/** Whether a text is valid JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // No JSON: that is the question asked.
    return false;
  }
}
