import { isError } from './is-error';

/** What stands in the place of something that threw, whatever it threw. */
export function thrownText(thrown: unknown): string {
  try {
    return `[Throws: ${String(isError(thrown) ? (thrown.message as unknown) : thrown)}]`;
  } catch {
    return '[Throws: unprintable]';
  }
}
