import { RecordLedger } from './record-ledger';

describe('the ledger of records', () => {
  it('counts each level, trades, and error or worse', () => {
    const ledger = new RecordLedger();
    for (const level of ['debug', 'debug', 'info', 'trade', 'trade', 'warning', 'error', 'critical'] as const) {
      ledger.count(level);
    }
    expect(ledger.counts()).toEqual({
      total: 8,
      trade: 2,
      errorOrWorse: 2,
      byLevel: { critical: 1, error: 1, warning: 1, trade: 2, info: 1, debug: 2 },
    });
  });

  it('gives counts that later records do not change', () => {
    const ledger = new RecordLedger();
    const before = ledger.counts();
    ledger.count('info');
    expect(before.total).toBe(0);
    expect(before.byLevel.info).toBe(0);
  });
});
