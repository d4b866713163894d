import fs from 'node:fs';

/** The file calls of a spool; a test hands in its own, which fail. */
export type SpoolFs = Pick<
  typeof fs,
  | 'closeSync'
  | 'fdatasyncSync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readdirSync'
  | 'readFileSync'
  | 'rmSync'
  | 'statSync'
  | 'writeSync'
>;

export const realSpoolFs: SpoolFs = fs;
