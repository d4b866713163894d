import { type LineDraft, Stamp } from '@metaexpert/logger-core';
import { jsonString, jsonText } from '../escape/json-text';
import { keptByName } from '../record/kept';
import { ecsDuration } from './ecs-duration';

/** What an ECS line says beside what its record does. */
export interface EcsLineStyle {
  /** What stands between the message and the event. */
  readonly whence: (draft: LineDraft) => string;
  /** The member with the fields that ECS does not know, up to its value. */
  readonly custom: string;
}

const START = new Stamp('{"@timestamp":');
const SEQUENCE = new Stamp(',"sequence":');
const END = new Stamp('}');
const END_OF_FIELDS = new Stamp('}}');
const level = keptByName((name) => new Stamp(`,"log.level":"${name}","message":`));
const tags = keptByName((category) => new Stamp(`},"tags":["${category}"]`));
const before = keptByName((key) => new Stamp(`,${jsonString(key)}:`));

/** Makes the function that writes a record's ECS line from the record's own line: most of it stands there as it has to be. */
export function createEcsLine({ whence, custom }: EcsLineStyle): (draft: LineDraft) => void {
  const fields = new Stamp(`${custom}{`);
  let logger: string | undefined;
  let middle = START;
  return (draft) => {
    if (draft.logger !== logger) {
      logger = draft.logger;
      middle = new Stamp(`${whence(draft)},"event":{"id":`);
    }
    draft.stamp(START);
    draft.writeTimestamp();
    draft.stamp(level(draft.level));
    draft.writeMessage();
    draft.stamp(middle);
    draft.writeId();
    draft.stamp(SEQUENCE);
    draft.writeSeq();
    const duration = ecsDuration(draft.field('durationMs') ?? draft.field('duration_ms'));
    if (duration !== undefined) draft.text(`,"duration":${duration}`);
    draft.stamp(tags(draft.category));
    if (draft.count > 0) {
      draft.stamp(fields);
      if (draft.movedAside) writeMembers(draft);
      else draft.writeMembers();
      draft.stamp(END_OF_FIELDS);
    } else draft.stamp(END);
  };
}

/** The fields under their own names. */
function writeMembers(draft: LineDraft): void {
  for (let i = 0; i < draft.count; i++) {
    const name = draft.key(i);
    if (i === 0) draft.text(`${jsonString(name)}:`);
    else draft.stamp(before(name));
    draft.text(jsonText(draft.value(i)));
  }
}
