// The program that logs: one scenario, one subject, one directory. Started by harness/launch.mjs only.
import { join } from 'node:path';
import { report } from './child/report.mjs';
import { watchVitals } from './child/vitals.mjs';
import { catalogue, remoteCatalogue } from './harness/catalogue.mjs';
import { loadSubject } from './subjects/load.mjs';

const { scenario: name, subject, params, directory } = JSON.parse(process.argv[2]);
const scenario = [...catalogue, ...remoteCatalogue].find((candidate) => candidate.name === name);

// Loaded before the scenario starts, so that it can open the logger and end within one tick.
const open = await loadSubject(subject);

watchVitals();
await scenario.child({ subject, params, open, report, path: (...parts) => join(directory, ...parts) });
