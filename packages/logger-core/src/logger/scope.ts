import { type Fields } from '../record/log-record';
import { type RecordScope } from '../record/record-scope';
import { type LevelGate } from './level-gates';

/** What makes one logger, or child of it, different from the others of its family; made anew after a reconfiguration. */
export interface LoggerScope {
  /** Name that it was given; without one it has the root's, whatever that is. */
  readonly named: string | undefined;
  /** Fields bound by `child`, all generations together. */
  readonly fields: Fields;
  readonly gate: LevelGate;
  /** The encoded form of the above. */
  readonly record: RecordScope;
  readonly generation: number;
}
