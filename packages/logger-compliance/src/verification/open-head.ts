import { ComplianceError } from '../errors';
import { parseTreeHead, type TreeHead } from '../sealing/checkpoint';
import { parseNote } from '../sealing/signed-note';
import { type TrustedKeys } from './trusted-keys';

/**
 * Reads the note of a checkpoint from elsewhere: its signature has to be of a trusted key.
 *
 * @throws ComplianceError `MXL_SEAL_MALFORMED`
 */
export function openHead(noteText: string, keys: TrustedKeys): TreeHead {
  const note = parseNote(noteText);
  const head = parseTreeHead(note.text);
  if (keys.epochsOf(note, head.origin).length === 0)
    throw new ComplianceError('MXL_SEAL_MALFORMED', 'the published head is signed by none of the trusted keys');
  return head;
}
