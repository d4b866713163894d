import { truncateSync } from 'node:fs';
import { logFiles, sizeOf } from '../harness/log-files.mjs';
import { pace } from '../harness/pace.mjs';
import { settle } from '../harness/settle.mjs';

const aroundMs = 100;

/**
 * The longest call while a file of many gigabytes is rotated. The file is grown by a hole, so that it costs neither time
 * nor disk: what a rotation does must not depend on what is in it.
 */
export async function measureRotation({ log: first, open, directory, build, job }) {
  const { perSecond, seconds, fileBytes } = job;
  first.info(build(0), 0);
  await first.end();
  if ((await settle(directory)) === 0) return longestCall({ log: first, directory, build, perSecond, seconds });
  const [file] = logFiles(directory).toSorted((a, b) => sizeOf(b) - sizeOf(a));
  truncateSync(file, fileBytes - (perSecond * seconds * 250) / 2); // full half-way through
  return longestCall({ log: await open(), directory, build, perSecond, seconds });
}

async function longestCall({ log, directory, build, perSecond, seconds }) {
  const samples = new Float64Array(perSecond * seconds);
  const calledAt = new Float64Array(samples.length);
  const filesAtStart = logFiles(directory).length;
  let rotatedAt;
  const look = setInterval(() => {
    if (rotatedAt === undefined && logFiles(directory).length > Math.max(filesAtStart, 1))
      rotatedAt = performance.now();
  }, 5);
  await pace({
    perSecond,
    seconds,
    act: (index) => {
      const record = build(index);
      calledAt[index] = performance.now();
      log.info(record, index);
      samples[index] = performance.now() - calledAt[index];
    },
  });
  clearInterval(look);
  await log.end();
  const near = samples.filter((_, index) => Math.abs(calledAt[index] - rotatedAt) < aroundMs);
  const far = samples.filter((_, index) => !(Math.abs(calledAt[index] - rotatedAt) < aroundMs));
  return {
    rotated: rotatedAt !== undefined,
    longestNearMs: near.length > 0 ? Math.max(...near) : undefined,
    longestElsewhereMs: far.reduce((longest, value) => Math.max(longest, value), 0),
  };
}
