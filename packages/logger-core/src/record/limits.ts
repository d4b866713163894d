/** Levels of nesting kept; a deeper value becomes a short name. */
export const MAX_DEPTH = 16;
/** Keys or elements kept of one object or array. */
export const MAX_BREADTH = 1000;
/** Characters kept of one record. */
export const MAX_RECORD_CHARS = 1_048_576;
