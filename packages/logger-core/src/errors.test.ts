import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, ERROR_CODES, LoggerError, toError } from './errors';

const repository = join(__dirname, '..', '..', '..');

describe('error codes', () => {
  it('are each explained in docs/errors.md, which explains no other', () => {
    const fileCodes =
      readFileSync(join(repository, 'packages/logger-transports-file/src/errors.ts'), 'utf8').match(/MXL_\w+/g) ??
      ([] as string[]);
    const explained = [...readFileSync(join(repository, 'docs/errors.md'), 'utf8').matchAll(/^##+ `?(MXL_\w+)/gm)].map(
      ([, code]) => code,
    );
    const own = explained.filter((code) => !fileCodes.includes(code!));
    expect(new Set(explained).size).toBe(explained.length);
    expect(own.filter((code) => ERROR_CODES.includes(code as 'MXL_CLOSED')).sort()).toEqual([...ERROR_CODES].sort());
    for (const code of fileCodes) expect(explained).toContain(code);
    expect(own.filter((code) => !ERROR_CODES.includes(code as 'MXL_CLOSED'))).toEqual([]);
  });

  it('are on every error, with what lies behind it', () => {
    const cause = new Error('disk');
    expect(new LoggerError('MXL_AUDIT_FAILED', 'x', cause)).toMatchObject({
      name: 'LoggerError',
      code: 'MXL_AUDIT_FAILED',
      cause,
    });
    const config = new ConfigError([{ path: 'a', message: 'is bad' }, { path: '', message: 'whole' }]); // prettier-ignore
    expect(config).toMatchObject({ name: 'ConfigError', code: 'MXL_CONFIG_INVALID', message: 'a: is bad\nwhole' });
    expect(config).toBeInstanceOf(LoggerError);
  });

  it('make an error of whatever was thrown', () => {
    const error = new Error('x');
    expect(toError(error)).toBe(error);
    expect(toError('text').message).toBe('text');
    expect(toError(Object.create(null)).message).toBe('a value that cannot be printed was thrown');
  });
});
