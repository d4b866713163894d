export { file, filePlugin } from './file';
export { type ArchiveOptions, type FileOptions } from './options/file-options';
export { type ManifestEntry, readManifest } from './archive/manifest';
export { FILE_ERROR_CODES, FileError, type FileErrorCode } from './errors';
export { restore, type RestoreOptions } from './archive/restore';
export { rebuildManifest } from './archive/rebuild-manifest';
export { type PlannedDeletion, planRetention, type RetentionPlan } from './retention/plan-retention';
export { rotateFiles, type RotateFilesOptions } from './rotation/rotate-files';
