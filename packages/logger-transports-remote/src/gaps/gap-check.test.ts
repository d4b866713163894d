import fc from 'fast-check';
import { gapCheck, type GapRow } from './gap-check';

const row = (run: string, seq: number): GapRow => ({ id: `${run}-${seq}`, seq });

describe('gapCheck', () => {
  it('finds nothing where every number is there once, whatever the order of the runs', () => {
    const rows = [row('A', 1), row('B', 1), row('A', 2), row('B', 2), row('A', 3)];
    expect(gapCheck(rows)).toMatchObject({ ok: true, rows: 5, missing: 0, duplicates: 0, outOfOrder: 0, notices: 0 });
    expect(gapCheck(rows).runs).toMatchObject([
      { run: 'A', first: 1, last: 3, rows: 3, gaps: [] },
      { run: 'B', first: 1, last: 2, rows: 2, gaps: [] },
    ]);
  });

  it('names what is missing, at the beginning, in the middle, and at the end that was accepted', () => {
    const rows = [row('A', 2), row('A', 3), row('A', 7)];
    const { ok, missing, runs } = gapCheck(rows, { accepted: { A: 9, B: 2 } });
    expect([ok, missing]).toEqual([false, 8]);
    expect(runs).toMatchObject([
      { run: 'A', gaps: [{ from: 1, to: 1 }, { from: 4, to: 6 }, { from: 8, to: 9 }], missing: 6 },
      { run: 'B', rows: 0, gaps: [{ from: 1, to: 2 }], missing: 2 },
    ]); // prettier-ignore
    expect(runs[1]).not.toHaveProperty('first');
  });

  it('counts what is there twice, and what came late', () => {
    const report = gapCheck([row('A', 1), row('A', 3), row('A', 2), row('A', 3), row('A', 1)]);
    expect(report).toMatchObject({ ok: false, missing: 0, duplicates: 2, outOfOrder: 1 });
    expect(gapCheck([row('A', 2), row('A', 1)])).toMatchObject({ ok: true, outOfOrder: 1 });
  });

  it('takes a part of a log as it is', () => {
    expect(gapCheck([row('A', 8), row('A', 6), row('A', 7)], { partial: true })).toMatchObject({
      ok: true,
      missing: 0,
    });
    expect(gapCheck([row('A', 8), row('A', 6)], { partial: true })).toMatchObject({ ok: false, missing: 1 });
  });

  it('reads numbers as stores write them, and counts notices apart', () => {
    const notices = [{ id: 'N1' }, { id: 'N2', seq: 0 }, { id: 'N2', seq: '0' }, { id: 'N3', seq: null }];
    const report = gapCheck([{ id: 'A-1', seq: '1' }, { id: 'A-2', seq: '2' }, ...notices]);
    expect(report).toMatchObject({ ok: false, rows: 6, notices: 4, duplicates: 1, missing: 0 });
  });

  it('refuses rows that are none of a log', () => {
    expect(() => gapCheck([{ id: 'A-2', seq: 1 }])).toThrow('the id A-2 is not that of a record with the number 1');
    expect(() => gapCheck([{ seq: 1 } as never])).toThrow(TypeError);
    expect(() => gapCheck([{ id: 'A-x', seq: 'x' }])).toThrow(TypeError);
  });

  it('agrees with a count by hand, for any rows', () => {
    const rows = fc.array(fc.tuple(fc.constantFrom('A', 'B'), fc.integer({ min: 1, max: 30 })), { maxLength: 80 });
    fc.assert(
      fc.property(rows, fc.boolean(), (pairs, partial) => {
        const report = gapCheck(pairs.map(([run, seq]) => row(run, seq)), { partial }); // prettier-ignore
        const distinct = new Set(pairs.map((pair) => pair.join()));
        const wanted = ['A', 'B'].reduce((sum, run) => {
          const numbers = pairs.filter(([name]) => name === run).map(([, seq]) => seq);
          if (numbers.length === 0) return sum;
          return sum + Math.max(...numbers) - (partial ? Math.min(...numbers) - 1 : 0);
        }, 0);
        expect(report.missing).toBe(wanted - distinct.size);
        expect(report.duplicates).toBe(pairs.length - distinct.size);
        expect(report.runs.flatMap(({ gaps }) => gaps).every(({ from, to }) => from <= to)).toBe(true);
      }),
    );
  });
});
