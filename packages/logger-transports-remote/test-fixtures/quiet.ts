import { waitFor } from '@metaexpert/logger-core/testing';

/** Resolves when something has come and no more comes for a moment: a stream has no other end. */
export async function quiet(count: () => number): Promise<void> {
  let last = -1;
  await waitFor(
    'silence',
    async () => {
      const now = count();
      const same = now === last && now > 0;
      last = now;
      await new Promise((resolve) => setTimeout(resolve, 40));
      return same;
    },
    20_000,
  );
}
