import { parseCommandLine } from './command-line';

describe('the command line', () => {
  it('may be empty', () => {
    expect(parseCommandLine([])).toEqual({
      candles: undefined,
      seed: 16,
      logDir: undefined,
      json: false,
      ledger: undefined,
      help: false,
    });
  });

  it('takes every flag, after npm has left a -- in front', () => {
    const args = ['--', '--candles', 'x.csv', '--seed=42', '--log-dir', 'd', '--json', '--ledger', 'l.json', '-h'];
    expect(parseCommandLine(args)).toEqual({
      candles: 'x.csv',
      seed: 42,
      logDir: 'd',
      json: true,
      ledger: 'l.json',
      help: true,
    });
  });

  it.each([
    [['--sead', '1'], "Unknown option '--sead'"],
    [['x.csv'], 'Unexpected argument'],
    [['--candles'], 'argument missing'],
    [['--candles', '--json'], 'argument is ambiguous'],
    [['--candles='], '--candles: is empty'],
    [['--seed', 'one'], "--seed: 'one' is not a whole number"],
    [['--seed=-1'], "--seed: '-1' is not a whole number"],
  ])('refuses %p in one line', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(message);
    expect(() => parseCommandLine(args)).toThrow(/^[^\n]+$/);
  });
});
