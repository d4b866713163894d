/** Programs use few names; an attacker's thousands must not become our memory. */
const MAX_KEPT = 4096;

/** A pure function of names that remembers what it gave: most names of a program come again with each record. */
export function keptByName<T>(make: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    let made = known.get(name);
    if (made === undefined) {
      made = make(name);
      if (known.size < MAX_KEPT) known.set(name, made);
    }
    return made;
  };
}

/** A pure function that remembers its last answer: a record's logger is mostly that of the record before. */
export function keptLast(make: (given: string) => string): (given: string) => string {
  let last: string | undefined;
  let text = '';
  return (given) => {
    if (given !== last) text = make(given);
    last = given;
    return text;
  };
}
