import { type EventEmitter } from 'node:events';

/** What is used of a winston transport: an object stream with a level, and perhaps a hand in exceptions. */
export interface WinstonTarget extends EventEmitter {
  readonly name?: string;
  readonly level?: string;
  /** The logger it is piped to. */
  readonly parent?: unknown;
  /** Of winston's stream for exceptions alone: the transport behind it. */
  readonly transport?: EventEmitter;
  readonly handleExceptions?: boolean;
  readonly handleRejections?: boolean;
  write(info: unknown, callback?: (error?: Error | null) => void): boolean;
  end(): void;
  log?(info: unknown, next: (error?: Error | null) => void): unknown;
  close?(): void;
}
