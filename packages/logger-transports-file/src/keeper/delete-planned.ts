import { deleteAll } from '../retention/files-to-delete';
import { type FileFamily } from '../rotation/file-family';
import { syncDirectory } from '../writer/sync-directory';
import { type FamilyPlan } from './plan-family';

/** Deletes what the plan says. @throws the first reason why a file could not be deleted; the others are */
export function deletePlanned({ deletions }: FamilyPlan, { directory }: FileFamily): void {
  if (deletions.length === 0) return;
  deleteAll(deletions.map(({ file }) => file));
  syncDirectory(directory);
}
