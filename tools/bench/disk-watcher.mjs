// Tells when each critical record could first be read in the files of a folder. Forked by measures/critical.mjs.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { logFiles } from './harness/log-files.mjs';

const [, , directory] = process.argv;
const marker = '"orderId":"C';
const longestMarker = 32;
const buffer = Buffer.alloc(1 << 20);

/** Where the reading of a file goes on, by inode, because some loggers rename their files. */
const positions = new Map();
const seen = {};

function readNew(file) {
  const { ino, size } = statSync(file);
  const position = positions.get(ino) ?? { offset: 0, rest: '' };
  positions.set(ino, position);
  if (size <= position.offset) return;
  const descriptor = openSync(file, 'r');
  try {
    for (let read; (read = readSync(descriptor, buffer, 0, buffer.length, position.offset)) > 0;) {
      position.offset += read;
      const text = position.rest + buffer.latin1Slice(0, read);
      note(text);
      position.rest = text.slice(-longestMarker);
    }
  } finally {
    closeSync(descriptor);
  }
}

function note(text) {
  const now = String(process.hrtime.bigint());
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + 1)) {
    const start = at + marker.length;
    const end = text.indexOf('"', start);
    if (end > 0) seen[text.slice(start, end)] ??= now;
  }
}

function poll() {
  for (const file of logFiles(directory)) {
    try {
      readNew(file);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error; // renamed since it was listed; the next poll finds it
    }
  }
}

const timer = setInterval(poll, 1);
process.on('message', () => {
  clearInterval(timer);
  poll();
  process.send(seen, () => process.disconnect());
});
process.send('ready');
