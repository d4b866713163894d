import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, ERROR_CODES, LoggerError, toError } from './errors';

const repository = join(__dirname, '..', '..', '..');

describe('error codes', () => {
  it('are each explained in docs/errors.md, which explains no other', () => {
    const packages = readdirSync(join(repository, 'packages'));
    const files = packages.map((name) => join(repository, 'packages', name, 'src/errors.ts')).filter(existsSync);
    const codes = files.flatMap((file) => [...new Set(readFileSync(file, 'utf8').match(/MXL_\w+/g))]);
    const headings = readFileSync(join(repository, 'docs/errors.md'), 'utf8').matchAll(/^##+ `?(MXL_\w+)/gm);
    const explained = [...headings].map(([, code]) => code);
    expect(codes).toEqual(expect.arrayContaining([...ERROR_CODES]));
    expect(explained.sort()).toEqual(codes.sort());
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
