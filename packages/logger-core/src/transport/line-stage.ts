/**
 * Work on lines in the thread that writes them: a direct transport that has such a thread, and says so by `staged`, makes a
 * {@link LineStage} there and hands it the lines of each write.
 */
export interface StageSource {
  /** Absolute path of a CommonJS module with the export `createStage: CreateStage`. It is loaded in that thread. */
  readonly module: string;
  /** What the stage is made from; crosses to the thread by structured clone. */
  readonly data: unknown;
  /** Hears what the stage says. */
  readonly heard: (message: unknown) => void;
}

/** What the module of a {@link StageSource} exports as `createStage`. */
export type CreateStage<D = never> = (data: D, say: (message: unknown) => void) => LineStage;

/** How lines came to a stage. */
export interface StagedLines {
  /** What was submitted with them; 0 when nothing was. */
  readonly word: number;
  /** A record may hold line breaks, so that nothing may come between two lines. */
  readonly multiline: boolean;
}

/** Changes what is written. Called in turn: `take`, then `settle`, unless `take` threw. */
export interface LineStage {
  /**
   * @param lines - each with its line break; the memory may be used for something else afterwards
   * @returns what is to be written in their place, good until the next call
   * @throws when nothing must be written; the lines come again
   */
  take(lines: Buffer, how: StagedLines): Buffer;
  /**
   * So many bytes of it, up to the end of a line, are in the file, and the others are not.
   *
   * @returns how many of the lines taken those are
   */
  settle(bytes: number): number;
}
