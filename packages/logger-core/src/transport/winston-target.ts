import { type EventEmitter } from 'node:events';

/** What is used of a winston transport: an object stream with a level, and perhaps a hand in exceptions. */
export interface WinstonTarget extends EventEmitter {
  readonly name?: string;
  readonly level?: string;
  readonly handleExceptions?: boolean;
  readonly handleRejections?: boolean;
  write(info: unknown, callback?: (error?: Error | null) => void): boolean;
  end(): void;
  log?(info: unknown, next: () => void): unknown;
  close?(): void;
}
