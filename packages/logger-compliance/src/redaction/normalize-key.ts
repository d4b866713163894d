/** The key without case and separators, so that `apiKey`, `API_KEY` and `api-key` are one. */
export function normalizeKey(key: string): string {
  return key.replace(/[_\-.\s]/g, '').toLowerCase();
}
