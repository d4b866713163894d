/** winston's info object. */
export type Info = Readonly<Record<string | symbol, unknown>>;
