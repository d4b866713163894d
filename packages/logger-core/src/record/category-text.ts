import { type LineWriter } from './line-writer';
import { CATEGORIES, type Category } from './log-record';
import { Stamp } from './stamp';

/** `,"category":"…"` for each. */
export const CATEGORY_TEXT = Object.fromEntries(
  CATEGORIES.map((name) => [name, new Stamp(`,"category":"${name}"`)]),
) as Record<Category, Stamp>;

/** Puts another category in the place of the one that stands there in a line. */
export function replaceCategory(line: LineWriter, from: number, to: number, category: Category): void {
  const rest = line.textFrom(to);
  line.cut(from);
  line.stamp(CATEGORY_TEXT[category]);
  line.text(rest);
}
