import { setTimeout as sleep } from 'node:timers/promises';

/** Ten thousand asynchronous operations that are all under way when they log. */
export async function measureConcurrent({ log, build, job: { operations } }) {
  const start = performance.now();
  await Promise.all(
    Array.from({ length: operations }, async (_, index) => {
      await sleep(index % 10);
      log.info(build(index), index);
    }),
  );
  await log.end();
  return { ms: performance.now() - start, logged: operations };
}
