import { type ErrorRecord } from '@metaexpert/logger-core';

/** A stack as V8 writes it: name and message, however many lines they have, then one line a frame. */
export interface StackFrames {
  readonly title: string;
  readonly frames: readonly string[];
}

/** Takes an error's stack apart; without one the title is `name: message`. */
export function stackFrames({ name, message, stack }: ErrorRecord): StackFrames {
  if (typeof stack !== 'string') return { title: message === '' ? name : `${name}: ${message}`, frames: [] };
  // A message may have lines that look like frames: it ends where it ends.
  const from = stack.indexOf(message) + message.length;
  const at = stack.slice(from).search(/\n[ \t]+at /);
  if (at < 0) return { title: stack, frames: [] };
  const frames = stack.slice(from + at + 1).split('\n');
  return {
    title: stack.slice(0, from + at),
    frames: frames.map((frame) => frame.trim()).filter((frame) => frame !== ''),
  };
}
