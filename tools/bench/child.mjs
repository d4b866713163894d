// One mode under one measure, in a process of its own. Forked by harness/run-job.mjs, which counts the lines afterwards.
import { makeEvent, makeRecord, makeRecordWithSecrets } from './harness/record.mjs';
import { measureConcurrent } from './measures/concurrent.mjs';
import { measureCritical } from './measures/critical.mjs';
import { measureDisabled } from './measures/disabled.mjs';
import { measureFormats } from './measures/formats.mjs';
import { measureGigabytes } from './measures/gigabytes.mjs';
import { measureLatency } from './measures/latency.mjs';
import { measureMemory } from './measures/memory.mjs';
import { measureRemote } from './measures/remote.mjs';
import { measureRotation } from './measures/rotation.mjs';
import { measureThroughput } from './measures/throughput.mjs';
import { measureVerification } from './measures/verification.mjs';
import { modes } from './modes/catalogue.mjs';
import { formatModes } from './modes/formats.mjs';
import { remoteModes } from './modes/remote.mjs';
import { verificationModes } from './modes/verification.mjs';

const measures = {
  throughput: measureThroughput,
  latency: measureLatency,
  disabled: measureDisabled,
  memory: measureMemory,
  critical: measureCritical,
  concurrent: measureConcurrent,
  rotation: measureRotation,
  formats: measureFormats,
  gigabytes: measureGigabytes,
  verification: measureVerification,
  remote: measureRemote,
};

const job = JSON.parse(process.argv[2]);
const modesOf = { formats: formatModes, remote: remoteModes, verification: verificationModes };
const mode = (modesOf[job.run] ?? modes)[job.mode];
const opener = await mode.opener();
const open = () => opener(job.directory, { ...mode.options, ...job.options });
const build = mode.secrets ? makeRecordWithSecrets : mode.events ? makeEvent : makeRecord;

const result = await measures[job.run]({ log: await open(), open, directory: job.directory, build, job });
// A peer that connects again for ever would keep the process: that says nothing of its rate.
process.send(result, () => (job.run === 'remote' ? process.exit() : process.disconnect()));
