import { createRequire } from 'node:module';
import { type CreateStage, type LineStage } from '@metaexpert/logger-core';
import { type StageParts } from './messages';

/** Makes the stage of a lane in this thread. One that cannot be made lets no line through, and says why each time. */
export function loadStage({ module, data }: StageParts, say: (message: unknown) => void): LineStage {
  try {
    const { createStage } = createRequire(module)(module) as { createStage: CreateStage<unknown> };
    return createStage(data, say);
  } catch (thrown) {
    const take = (): Buffer => {
      throw thrown;
    };
    return { take, settle: () => 0 };
  }
}
