/** Rows of strings under a heading; a column is right-aligned when its name ends in `>`. */
export function textTable(title, columns, rows) {
  const names = columns.map((column) => column.replace(/>$/, ''));
  const widths = names.map((name, index) =>
    Math.max(name.length, ...rows.map((row) => String(row[index] ?? '').length)),
  );
  const line = (cells) =>
    cells
      .map((cell, index) => {
        const text = String(cell ?? '');
        return columns[index].endsWith('>') ? text.padStart(widths[index]) : text.padEnd(widths[index]);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [`\n${title}`, '', line(names), rule, ...rows.map(line), ''].join('\n');
}

/** Digits that mean something, thousands apart; `n/a` for what could not be measured. */
export function number(value, digits = 0) {
  if (value === Infinity) return 'never';
  if (!Number.isFinite(value)) return 'n/a';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export const times = (value) => (Number.isFinite(value) ? `${number(value, 2)}x` : 'n/a');
