import { type Action } from './action';

/** What hides something: its name in reports, and what is done. */
export interface Rule {
  readonly name: string;
  readonly action: Action;
}
