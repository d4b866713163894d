import { type ConfigIssue } from '@metaexpert/logger-core';
import { createRequire } from 'node:module';
import { RemoteError } from '../errors';

const load = createRequire(__filename);

/** One line that says what to install, when it is missing. */
export function checkClient(type: string, library: string): ConfigIssue[] {
  try {
    load.resolve(library);
    return [];
  } catch {
    return [{ path: 'type', message: missing(type, library) }];
  }
}

/** @throws RemoteError MXL_REMOTE_CLIENT_MISSING */
export function loadClient(type: string, library: string): unknown {
  try {
    return load(library);
  } catch (thrown) {
    throw new RemoteError('MXL_REMOTE_CLIENT_MISSING', missing(type, library), thrown);
  }
}

function missing(type: string, library: string): string {
  return `'${type}' needs the package ${library}: npm install ${library}`;
}
