import { type LineStage } from '@metaexpert/logger-core';
import { type SealNews, SealStage, type SealStageData } from './seal-stage';

/** What a transport loads in the thread where it writes. */
export function createStage(data: SealStageData, say: (news: SealNews) => void): LineStage {
  return new SealStage(data, say);
}
