/** One row a scenario, or one a variant: `exit-matrix/SIGTERM/5000/fifo`. `only` holds parts of names; none means all. `long` adds those that take minutes. */
export function selectRows(catalogue, only, long) {
  const rows = catalogue.flatMap((scenario) =>
    [...(scenario.variants ?? [{}]), ...((long && scenario.longVariants) || [])].map((params) => ({
      name: [scenario.name, ...Object.values(params)].join('/'),
      scenario,
      params,
      results: {},
    })),
  );
  return only.length === 0 ? rows : rows.filter(({ name }) => only.some((part) => name.includes(part)));
}
