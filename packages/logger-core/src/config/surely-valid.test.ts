import { Ajv } from 'ajv';
import fc from 'fast-check';
import { runChild } from '../../test/child-process';
import { destinationSchema, LOGGER_SCHEMA } from './schema';
import { isSurelyValid } from './surely-valid';

const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, validateSchema: false });
const own = {
  type: 'object',
  required: ['path'],
  properties: {
    path: { type: 'string', minLength: 1, pattern: '^[^"]+$', description: 'a path' },
    maxSize: {
      anyOf: [
        { type: 'integer', minimum: 1 },
        { type: 'string', pattern: '^[0-9]+[kmg]?$' },
      ],
    },
    ratio: { type: 'number', maximum: 2, exclusiveMinimum: 0 },
    flag: { const: true },
  },
};
const schemas = { logger: LOGGER_SCHEMA, destination: destinationSchema(own, ['json', 'pretty']) };

const word = fc.constantFrom('', 'x', 'info', 'INFO', 'json', '10m', '"', 'safe', 'drop_oldest', 'trade', 'production');
const number = fc.constantFrom(-1, 0, 0.5, 1, 3, 1e9, NaN, Infinity);
const leaf = fc.oneof(word, number, fc.boolean(), fc.constantFrom(null, undefined, [], {}));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    { arbitrary: leaf, weight: 2 },
    tie('object'),
    fc.array(tie('tree'), { maxLength: 3 }),
  ),
  object: fc.dictionary(
    fc.constantFrom(
      ...['type', 'name', 'level', 'levels', 'filter', 'category', 'queue', 'batch', 'maxRecords', 'overflow', 'match'],
      ...['path', 'maxSize', 'ratio', 'flag', 'redact', 'keys', 'destinations', 'rateLimit', 'perSecond', 'unheardOf'],
      ...['format', 'timeoutMs', 'delivery', 'toString', '__proto__'],
    ),
    tie('tree'),
    { maxKeys: 5 },
  ),
}));

describe('what is valid at first sight', () => {
  it.each([
    ['a logger', schemas.logger, {}],
    ['a destination', schemas.destination, { type: 'x', path: 'a' }],
  ])('is valid for ajv too: %s', (_name, schema, required) => {
    const check = ajv.compile(schema);
    let valid = 0;
    fc.assert(
      fc.property(tree, fc.boolean(), (grown, complete) => {
        const value: unknown = complete ? { ...required, ...(grown as object) } : grown;
        if (!isSurelyValid(schema, value)) return;
        valid += 1;
        expect(check(value)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
    expect(valid).toBeGreaterThan(20);
  });

  it.each([
    [{ type: 'file', path: 'a.log', maxSize: '10m', level: 'info', queue: { maxRecords: 5, overflow: 'block' } }],
    [{ type: 'x', path: 'a', ratio: 0.5, flag: true, filter: { category: ['trade'], match: { any: { thing: 1 } } } }],
    [{ type: 'x', path: 'a', name: undefined, rateLimit: { perSecond: 5 } }],
  ])('covers options as people write them: %j', (options) => {
    expect(isSurelyValid(schemas.destination, options)).toBe(true);
  });

  it('leaves a keyword that it does not know to ajv', () => {
    expect(isSurelyValid({ type: 'string', format: 'uri' }, 'https://localhost')).toBe(false);
  });

  it.each([
    ['a good configuration', `createLogger({ preset: 'production', sources: false, level: 'debug' })`, false],
    ['a mistake', `createLogger({ sources: false, level: 'loud' })`, true],
  ])('spares a start the loading of ajv, but for a mistake: %s', async (_what, script, loaded) => {
    const { stderr } = await runChild(`
      try { ${script} } catch {}
      console.error(Object.keys(require.cache).some((path) => path.includes('node_modules/ajv/')));
    `);
    expect(stderr.trim()).toBe(String(loaded));
  });
});
