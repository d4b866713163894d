import { toError } from '../errors';

/** winston's handlers of exceptions, which make a record of their own when they are in use. */
export interface CrashHandlers {
  readonly exceptions: { readonly catcher?: unknown };
  readonly rejections: { readonly catcher?: unknown };
}

/** The message of the record about an exception that nobody caught; undefined when winston's handler makes one. */
export function crashMessage(handlers: CrashHandlers, error: unknown, origin: string): string | undefined {
  const rejected = origin === 'unhandledRejection';
  if ((rejected ? handlers.rejections : handlers.exceptions).catcher) return undefined;
  return `${rejected ? 'unhandled rejection' : 'uncaught exception'}: ${toError(error).message}`;
}
