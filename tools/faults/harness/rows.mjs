import { CI_ROWS } from './ci-rows.mjs';

/**
 * One row a scenario, or one a variant: `exit-matrix/SIGTERM/5000/fifo`.
 *
 * @param only - parts of names; none means all
 * @param long - adds the rows that take minutes
 * @param ci - the rows of {@link CI_ROWS} alone, some in sizes that nothing else has
 */
export function selectRows(catalogue, { only, long, ci }) {
  const rows = catalogue.flatMap((scenario) =>
    variantsOf(scenario, { long, ci }).map((params) => toRow(scenario, params)),
  );
  const chosen = ci ? CI_ROWS.map((name) => rows.find((row) => row.name === name) ?? fail(name)) : rows;
  return only.length === 0 ? chosen : chosen.filter(({ name }) => only.some((part) => name.includes(part)));
}

function variantsOf({ variants = [{}], longVariants = [], ciVariants = [] }, { long, ci }) {
  return [...variants, ...(long ? longVariants : []), ...(ci ? ciVariants : [])];
}

function toRow(scenario, params) {
  return { name: [scenario.name, ...Object.values(params)].join('/'), scenario, params, results: {} };
}

function fail(name) {
  throw new Error(`there is no row '${name}'`);
}
