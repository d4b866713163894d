import { type Formatter, type LineDraft } from '@metaexpert/logger-core';
import { choosesAll, createFieldChoice, type FieldChoice } from '../record/field-choice';
import { plainRecord } from '../record/plain-record';

/**
 * What every format is made of: records made plain, the choice of fields, and then the format's own text of it.
 *
 * @param write - writes the same text from a record's line; for records with all their fields
 */
export function createFormatter(
  choice: FieldChoice,
  render: (...args: Parameters<Formatter>) => string,
  write?: (draft: LineDraft) => void,
): Formatter {
  const choose = createFieldChoice(choice);
  const format: Formatter = (record) => render(choose(plainRecord(record)));
  return write === undefined || !choosesAll(choice) ? format : Object.assign(format, { write });
}
