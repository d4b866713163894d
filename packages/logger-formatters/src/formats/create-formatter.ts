import { type Formatter } from '@metaexpert/logger-core';
import { createFieldChoice, type FieldChoice } from '../record/field-choice';
import { plainRecord } from '../record/plain-record';

/** What every format is made of: records made plain, the choice of fields, and then the format's own text of it. */
export function createFormatter(choice: FieldChoice, render: Formatter): Formatter {
  const choose = createFieldChoice(choice);
  return (record) => render(choose(plainRecord(record)));
}
