// One mode under one measure, in a process of its own. Forked by harness/run-job.mjs, which counts the lines afterwards.
import { makeEvent, makeRecord, makeRecordWithSecrets } from './harness/record.mjs';
import { measureConcurrent } from './measures/concurrent.mjs';
import { measureCritical } from './measures/critical.mjs';
import { measureDisabled } from './measures/disabled.mjs';
import { measureFormats } from './measures/formats.mjs';
import { measureGigabytes } from './measures/gigabytes.mjs';
import { measureLatency } from './measures/latency.mjs';
import { measureMemory } from './measures/memory.mjs';
import { measureRotation } from './measures/rotation.mjs';
import { measureThroughput } from './measures/throughput.mjs';
import { measureVerification } from './measures/verification.mjs';
import { modes } from './modes/catalogue.mjs';
import { formatModes } from './modes/formats.mjs';
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
};

const job = JSON.parse(process.argv[2]);
const mode = modes[job.mode] ?? formatModes[job.mode] ?? verificationModes[job.mode];
const opener = await mode.opener();
const open = () => opener(job.directory, { ...mode.options, ...job.options });
const build = mode.secrets ? makeRecordWithSecrets : mode.events ? makeEvent : makeRecord;

const result = await measures[job.run]({ log: await open(), open, directory: job.directory, build, job });
process.send(result, () => process.disconnect());
