/** Where a record was logged. */
export interface SourcePlace {
  readonly file?: string;
  readonly line?: number;
  readonly function?: string;
}

/** Takes `file:line`, or `file:line function`, apart; nothing when the text is neither. */
export function parseSource(source: string): SourcePlace {
  const match = /^(.+?):(\d+)(?::\d+)?(?: (.+))?$/.exec(source);
  if (match === null) return {};
  const [, file = '', line, name] = match;
  return { file, line: Number(line), ...(name !== undefined && { function: name }) };
}
