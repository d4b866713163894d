import { CATEGORIES, type Category } from './log-record';
import { Stamp } from './stamp';

/** `,"category":"…"` for each. */
export const CATEGORY_TEXT = Object.fromEntries(
  CATEGORIES.map((name) => [name, new Stamp(`,"category":"${name}"`)]),
) as Record<Category, Stamp>;
