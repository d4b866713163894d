/** Its name. */
export const MORE_KEYS = '[Truncated]';

/** The member that says how many were left out. */
export function moreKeys(holder: object, count: number, total = Object.keys(holder).length): string {
  return `,"${MORE_KEYS}":"${total - count + 1} more keys"`;
}
