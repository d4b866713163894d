import { LEVELS } from '../level';
import { encodeString } from './encode-string';
import { LineText } from './line-text';
import { Snapshot } from './snapshot';
import { toTimestamp } from './timestamp';

export interface Notice {
  readonly time: number;
  readonly rank: number;
  readonly logger: string;
  readonly message: string;
  /** `,"pid":…`, as it stands in every record. */
  readonly host: string;
  readonly id: string;
}

/** A destination's own word about itself; without `seq`, for it is none of the logger's records. */
export function createNotice({ time, rank, logger, message, host, id }: Notice): Snapshot {
  const line =
    `{"timestamp":"${toTimestamp(time)}","level":"${LEVELS[rank] ?? 'warning'}","logger":${encodeString(logger)},` +
    `"message":${encodeString(message)},"category":"general"${host},"id":"${id}"}`;
  return new Snapshot(LineText.of(line), { time, rank, category: 'general', logger });
}
