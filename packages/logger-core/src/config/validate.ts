import type * as AjvModule from 'ajv';
import { createRequire } from 'node:module';
import { type ConfigIssue } from '../errors';
import { explainMistakes } from './explain-mistake';
import { isSurelyValid } from './surely-valid';

const load = createRequire(__filename);

/** Every mistake by the schema. Only a value that is not valid at first sight costs the loading of ajv. */
export function validate(schema: Readonly<Record<string, unknown>>, value: unknown, root: string): ConfigIssue[] {
  if (isSurelyValid(schema, value)) return [];
  const { Ajv } = load('ajv') as typeof AjvModule;
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, validateSchema: false });
  const check = ajv.compile(schema);
  return check(value) ? [] : explainMistakes(check.errors ?? [], root);
}
