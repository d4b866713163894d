export { file, filePlugin } from './file';
export { type FileOptions } from './file-options';
export { type ManifestEntry, readManifest } from './archive/manifest';
export { FILE_ERROR_CODES, FileError, type FileErrorCode } from './errors';
