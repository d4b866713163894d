/** What became of a write; `again` is for the same bytes. */
export type WriteOutcome = 'written' | 'again' | Error;
