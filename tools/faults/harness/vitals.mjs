/** What a row may take at most, unless it states ceilings of its own. Bursts that give the loop no turn do. */
const CEILINGS = { megabytes: 256, descriptors: 64, loopMs: 1000 };

/** The worst of all reports of a row. */
export function worstVitals(reports) {
  const all = reports.flatMap(({ vitals }) => vitals ?? []);
  const worst = (name) => {
    const known = all.flatMap((vitals) => vitals[name] ?? []);
    return known.length === 0 ? undefined : Math.max(...known);
  };
  return Object.fromEntries(Object.keys(CEILINGS).map((name) => [name, worst(name)]));
}

/** What is above its ceiling. */
export function overCeilings(vitals, ceilings) {
  return Object.entries({ ...CEILINGS, ...ceilings })
    .filter(([name, ceiling]) => vitals[name] > ceiling)
    .map(([name, ceiling]) => `${name}: ${vitals[name]}, the ceiling is ${ceiling}`);
}
