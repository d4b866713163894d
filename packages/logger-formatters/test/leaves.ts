type Members = Record<string, unknown>;

/** The values of an object by their dotted paths; a list, and an object with nothing in it, is a value. */
export function leaves(members: Members, prefix = ''): [path: string, value: unknown][] {
  return Object.entries(members).flatMap(([key, value]): [string, unknown][] => {
    const nested =
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
    return nested ? leaves(value as Members, `${prefix}${key}.`) : [[prefix + key, value]];
  });
}

/** What a flat format's texts say of fields: under their paths, or under `fields.` where a name was taken, or in `fields` as JSON. */
export function readLeaves(expected: Members, texts: Readonly<Record<string, unknown>>): Members {
  const rest = texts['fields'] === undefined ? {} : asObject(texts['fields']);
  const found: Members = {};
  for (const [key, value] of Object.entries(expected)) {
    if (Object.hasOwn(rest, key)) found[key] = rest[key];
    else
      for (const [path, leaf] of leaves({ [key]: value }))
        put(found, path, asIts(leaf, texts[`fields.${path}`] ?? texts[path]));
  }
  return found;
}

/** The same paths and values, for comparison with {@link readLeaves}. */
export function expectedLeaves(expected: Members, found: Members): Members {
  const wanted: Members = {};
  for (const [key, value] of Object.entries(expected)) {
    if (Object.hasOwn(found, key)) wanted[key] = value;
    else for (const [path, leaf] of leaves({ [key]: value })) put(wanted, path, leaf);
  }
  return wanted;
}

function put(members: Members, path: string, value: unknown): void {
  members[path] = value;
}

/** A text as a value of the type that was logged: a flat format has no types of its own. */
function asIts(original: unknown, text: unknown): unknown {
  if (typeof original === 'string' || typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return `no JSON: ${text}`;
  }
}

function asObject(given: unknown): Members {
  return (typeof given === 'string' ? JSON.parse(given) : given) as Members;
}
