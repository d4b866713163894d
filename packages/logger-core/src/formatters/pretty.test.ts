import { type LogRecord } from '../record/log-record';
import { testRecord } from '../testing';
import { createPretty } from './pretty';

const plain = createPretty({ colors: false });
const coloured = createPretty({ colors: true });

function withError(error: object): LogRecord {
  return testRecord({ error: error as LogRecord['error'] & object });
}

const STACK = `OrderError: rejected
    at place (/srv/bot/desk.js:1:2)
    at send (/srv/bot/node_modules/ws/index.js:3:4)
    at process.processTicks (node:internal/process/task_queues:95:5)`;

describe('the pretty formatter', () => {
  it('prints a chain of causes, each with its code, fields and frames', () => {
    const root = { name: 'Error', message: 'socket closed', code: 'ECONNRESET' };
    const cause = { name: 'TypeError', message: 'no margin', account: 7, cause: root };
    const error = { name: 'OrderError', message: 'rejected', orderId: 'A1', stack: STACK, cause };
    expect(plain(withError(error)).split('\n').slice(1)).toEqual([
      "    OrderError: rejected orderId='A1'",
      '        at place (/srv/bot/desk.js:1:2)',
      '        at send (/srv/bot/node_modules/ws/index.js:3:4)',
      '        at process.processTicks (node:internal/process/task_queues:95:5)',
      '    caused by',
      '    TypeError: no margin account=7',
      '    caused by',
      '    Error: socket closed [ECONNRESET]',
    ]);
  });

  it('prints the errors of an aggregate further in, and causes that are none', () => {
    const errors = [{ name: 'Error', message: 'one', cause: 'text' }, 'two'];
    const text = plain(withError({ name: 'AggregateError', message: 'all failed', errors }));
    expect(text.split('\n').slice(1)).toEqual([
      '    AggregateError: all failed',
      '        error 1 of 2',
      '        Error: one',
      "        caused by 'text'",
      "        error 2 of 2 'two'",
    ]);
  });

  it('dims the frames of node_modules and of Node, and no other', () => {
    const lines = coloured(withError({ name: 'OrderError', message: 'rejected', stack: STACK }))
      .split('\n')
      .slice(2);
    expect(lines.map((line) => line.includes('\u001b[2m'))).toEqual([false, true, true]);
  });

  it('keeps every line of a message together, and stops at fifty errors', () => {
    const text = plain(withError({ name: 'Error', message: 'a\nb', stack: 'Error: a\nb\n    at x (y:1:1)' }));
    expect(text.split('\n').slice(1)).toEqual(['    Error: a\\nb', '        at x (y:1:1)']);
    let deep: object = { name: 'Error', message: 'root' };
    for (let n = 0; n < 100; n++) deep = { name: 'Error', message: 'x', cause: deep };
    expect(plain(withError(deep)).split('\n')).toHaveLength(1 + 50 * 2 + 1);
  });

  it('sends nothing that drives a terminal, turns text around or ends a line, wherever it stands', () => {
    const bad = 'a\u001b[2J\n\r\u0007\u007f\u009b2J\u2028\u202eb';
    const record = testRecord({
      logger: bad,
      message: bad,
      fields: { [bad]: bad, deep: { [bad]: [bad] } },
      error: { name: bad, message: bad, code: bad, stack: `${bad}\n    at ${bad} (x:1:1)`, [bad]: bad, cause: bad },
    });
    const lines = plain(record).split('\n');
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
    expect(lines[0]).toContain('a\\u001b[2J\\n\\r\\u0007\\u007f\\u009b2J\\u2028\\u202eb');
  });
});
