import { failuresOf, testLogger } from '../test/loggers';
import { runChild } from '../test/child-process';
import { destinationOf, FailingTransport, waitFor } from './testing';

const REJECTING = { status: 'rejected', error: new Error('no') } as const;

describe('the failure channel', () => {
  it('tells every listener what went wrong, where, and how many records it concerns', async () => {
    const log = testLogger({ destinations: [destinationOf(new FailingTransport(REJECTING), { name: 'there' })] });
    const heard = [failuresOf(log), failuresOf(log)];
    log.info('1').info('2');
    await log.flush();
    for (const failures of heard) {
      expect(failures).toEqual([{ kind: 'permanent', destination: 'there', error: REJECTING.error, records: 2 }]);
    }
  });

  it('survives a listener that throws, and one that logs', async () => {
    const log = testLogger({
      destinations: [
        destinationOf(new FailingTransport(REJECTING), { queue: { maxRecords: 1 }, batch: { maxDelayMs: 0 } }),
      ],
      processors: [
        (record) => {
          if (record.message === 'withheld') throw new Error('processor');
          return record;
        },
      ],
    });
    let calls = 0;
    log.on('failure', () => {
      calls += 1;
      if (calls < 5) log.info('withheld');
    });
    expect(() => log.info('withheld')).not.toThrow();
    expect(calls).toBe(1);
    log.info('x');
    await waitFor('the rejection', () => calls > 1);
  });

  it('has one line on stderr for each destination and kind in ten seconds when nobody listens', async () => {
    const { stderr, code } = await runChild(`
      const failing = () => new testing.FailingTransport({ status: 'rejected', error: new Error('refused') });
      const options = (name) => ({ name, batch: { maxRecords: 1, maxDelayMs: 0 } });
      const log = createLogger({ sources: false, destinations: ['a', 'b'].map((name) => testing.destinationOf(failing(), options(name))) });
      for (let i = 0; i < 100; i++) log.info('x');
      log.flush().then(() => log.close());
    `);
    const lines = stderr.split('\n').filter((line) => line !== '');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe('[logger] a: permanent failure, 1 record(s): refused');
    expect(lines[1]).toMatch(/^\[logger\] b: permanent failure/);
    expect(code).toBe(0);
  });

  it('says nothing on stderr when somebody listens', async () => {
    const { stderr } = await runChild(`
      const log = createLogger({ sources: false, destinations: [testing.destinationOf(new testing.FailingTransport(new Error('refused')))] });
      log.on('failure', ({ error }) => console.log(error.message));
      log.info('x');
      log.close();
    `);
    expect(stderr).toBe('');
  });
});
