const clip = (text, width) => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

const CELL_WIDTH = 64;

const OURS = ['ours', '', 'lost', 'twice', 'torn', 'order', 'MB', 'fds', 'loop ms'];

/** One line a row: its name, what ours did and whether that is a pass, its flaws and vitals, then the peers. */
export function renderTable(rows, subjects) {
  const header = ['row', ...subjects.flatMap((subject) => (subject === 'ours' ? OURS : [subject]))];
  const lines = rows.map(({ name, results }) => [
    name,
    ...subjects.flatMap((subject) => {
      const { cell = '–', verdict = '', flaws = [], vitals = {} } = results[subject] ?? {};
      if (subject !== 'ours') return [cell];
      const numbers = [
        ...[0, 1, 2, 3].map((index) => flaws[index]),
        vitals.megabytes,
        vitals.descriptors,
        vitals.loopMs,
      ];
      return [cell, verdict, ...numbers.map((value) => String(value ?? ''))];
    }),
  ]);
  const table = [header, ...lines].map((line) => line.map((text) => clip(text, CELL_WIDTH)));
  const widths = header.map((_, column) => Math.max(...table.map((line) => line[column].length)));
  const print = (line) => `| ${line.map((text, column) => text.padEnd(widths[column])).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [print(table[0]), rule, ...table.slice(1).map(print)].join('\n');
}

/** For each row that ours does not pass: the complaint behind it, what was expected, what is wrong. */
export function renderFailures(rows) {
  return rows
    .filter(({ results }) => results.ours?.faults.length > 0)
    .map(({ name, scenario, results }) =>
      [
        `\n${results.ours.verdict} ${name} (${scenario.complaint})`,
        `  expected: ${scenario.expected}`,
        ...results.ours.faults.map((fault) => `  - ${fault}`),
      ].join('\n'),
    )
    .join('\n');
}

/** `41 passed, 2 failed, 1 later, 0 skipped`. */
export function renderSummary(rows) {
  const count = (verdict) => rows.filter(({ results }) => results.ours?.verdict === verdict).length;
  return `\n${count('pass')} passed, ${count('FAIL')} failed, ${count('later')} later, ${count('skipped')} skipped`;
}
