import { basename, dirname, isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Processor } from '../pipeline/processor';
import { carriedProcessor } from '../plugin/carried-processor';
import { definePlugin } from '../plugin/plugin';

/** This package, whose frames are not the caller's; by a source map they are in `src` and not in `dist`, which is one folder. */
const OWN_FILES = dirname(__dirname.replace(/[\\/]processors$/, '')) + sep;
const OTHER_LOGGER_FILES =
  /[\\/]node_modules[\\/](?:winston|logform|readable-stream|@metaexpert[\\/]logger[^\\/]*)[\\/]|[\\/]packages[\\/]logger(?:-[a-z-]+)?[\\/](?:dist|src)[\\/]/;
/** Ours take up to ten; a program may have wrapped the logger once or twice. */
const FRAMES = 16;
const FRAME = /^\s+at (?:(?:async )?(.+?) \()?(?:(.+):(\d+):\d+)\)?$/;

/**
 * Puts the place of the call into each record: `source` reads `file:line function`, the file relative to the working
 * directory. It reads the stack as text, so that source maps count when the process has them enabled. The option
 * `source` of a logger is this processor in the first place.
 */
export function source(): Processor {
  return carriedProcessor(sourcePlugin, {});
}

export const sourcePlugin = definePlugin({
  kind: 'processor',
  type: 'source',
  schema: { type: 'object', properties: {} },
  create: (): Processor => (record) => {
    const place = callSite();
    return place === undefined ? record : { ...record, source: place };
  },
});

function callSite(): string | undefined {
  for (const line of stackLines()) {
    const [, name, location = '', row = ''] = FRAME.exec(line) ?? [];
    const path = location.startsWith('file:') ? fileURLToPath(location) : location;
    if (path === '' || path.startsWith('node:') || path.startsWith(OWN_FILES) || OTHER_LOGGER_FILES.test(path))
      continue;
    const caller = name === undefined || name.includes('<anonymous>') ? '' : ` ${name}`;
    return `${shortPath(path)}:${row}${caller}`;
  }
  return undefined;
}

function stackLines(): string[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  try {
    return String(new Error().stack).split('\n').slice(1);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || isAbsolute(short) ? basename(path) : short.replaceAll('\\', '/');
}
