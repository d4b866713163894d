import { type StageSource } from '@metaexpert/logger-core';
import { type FileSettings } from '../options/file-settings';

/** The end of a lane where records go in, as those see it who look after the other end. */
export interface LaneEnd {
  readonly shared: SharedArrayBuffer;
  readonly settings: FileSettings;
  /** What is done with the lines at the other end. */
  readonly stage: StageSource | undefined;
  /** Whether the thread is inside a system call of this lane. */
  readonly busy: boolean;
  /** Something has happened in the lane. */
  news(): void;
  /** Something is wrong, but no record is concerned. */
  trouble(error: Error): void;
  /** Nobody consumes the lane any more; what was in the ring may or may not be in the file. */
  lost(error: Error): void;
  /** Keeps writers of other threads and processes from the path, if need be; why it cannot be had. */
  hold(): Error | undefined;
  /** Ends what {@link hold} has begun. */
  release(): void;
}
