import { textTable } from '../harness/text-table.mjs';
import { measureTable } from './tables.mjs';

/** Everything that is printed on standard output. */
export function resultText({ node, platform, cpus, settings, targets, floors, results }) {
  const { rounds, records, paced, soak } = settings;
  return [
    `${node}, ${platform}, ${cpus} CPUs; ${rounds} rounds, ${records} records, ${paced} s paced, ${soak} s soak; medians`,
    ...Object.entries(results).map(([name, measure]) => measureTable(name, measure)),
    textTable(
      'Targets',
      ['measure', 'against', 'median>', 'rounds', 'design>', '', 'first release>', ''],
      targets.map((row) => [
        ...[row.name, row.against, row.measured, row.spread, row.design, row.designVerdict],
        ...[row.release, row.releaseVerdict],
      ]),
    ),
    textTable(
      "The users' floors",
      ['measure', 'floor>', 'measured>', ''],
      floors.map(({ name, floor, measured, passed }) => [name, floor, measured, passed ? 'pass' : 'FAIL']),
    ),
  ].join('\n');
}

/** What the failed runs said, each text once. */
export function failureText(results) {
  const texts = Object.entries(results).flatMap(([name, measure]) =>
    Object.entries(measure).flatMap(([mode, { failed }]) =>
      [...new Set(failed)].map((text) => `${name}, ${mode}: ${text}`),
    ),
  );
  return texts.join('\n\n');
}
