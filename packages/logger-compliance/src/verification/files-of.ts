import { statSync } from 'node:fs';
import { findLogFiles } from '../sealing/log-files';

/** The files of a log: those given, or the live file with its older ones. @throws the system's error when there are none */
export function filesOf(paths: string | readonly string[]): readonly string[] {
  if (typeof paths !== 'string') return paths;
  const files = findLogFiles(paths);
  // Said by the system, with its code.
  if (files.length === 0) statSync(paths);
  return files.length === 0 ? [paths] : files;
}
