import { type Fields } from '../record/log-record';
import { type RecordScope } from '../record/record-scope';
import { type LevelGate } from './level-gates';

/** What makes one logger, or child of it, different from the others of its family. */
export interface LoggerScope {
  readonly name: string;
  /** Fields bound by `child`, all generations together. */
  readonly fields: Fields;
  readonly gate: LevelGate;
  /** The encoded form of the above; made anew after a reconfiguration. */
  record: RecordScope;
  generation: number;
}
