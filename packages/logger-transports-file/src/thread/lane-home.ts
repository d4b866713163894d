/** Where the other end of a lane is, as its transport sees it. Does not keep the process alive. */
export interface LaneHome {
  /** Has to be asked now and then while records are under way. Never blocks. */
  poll(): void;
  /** Why nothing may go into the lane now. */
  refusal(): Error | undefined;
  wake(): void;
  /**
   * Has the file put aside; resolves to its new name, or undefined when there was nothing to put aside.
   *
   * @param hangUp - a file that somebody has moved away is only opened anew
   */
  rotate(hangUp: boolean): Promise<string | undefined>;
  /** Whether the thread may hang in a call that is not for this lane. */
  readonly heldUp: boolean;
  /** Whether that thread is one of this thread's, which cannot end while it hangs. */
  readonly ours: boolean;
  /** Whether it hangs in a call for a lane of another thread. May block for a moment; for the end of the process. */
  readonly hangsForOthers: boolean;
  /** Gives up the lane without a word to the thread, which hangs. */
  abandon(): void;
  /** Resolves when the lane's file is closed. */
  close(): Promise<void>;
  /** At the end of the process: blocks for other threads' records that it answers for, or until the time is over; true when they are written. */
  finish(waitMs: number): boolean;
  /** Blocks until the thread takes messages, or the time is over. */
  ready(waitMs: number): void;
}
