export { file, filePlugin } from './file';
export { type FileOptions } from './file-options';
export { type ManifestEntry, readManifest } from './archive/manifest';
export { FILE_ERROR_CODES, FileError, type FileErrorCode } from './errors';
export { LogLine, type StoredRecord } from './reading/log-line';
export { readLog, readLogLines, type ReadLogOptions } from './reading/read-log';
export { type RecordPredicate } from './reading/record-filter';
export { type TimeInput } from './reading/time-range';
