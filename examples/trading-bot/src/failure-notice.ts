import { type FailureListener } from '@metaexpert/logger-core';

/** Tells a person, once per destination, that the logging has a trouble of its own. */
export function failureNotice(tell: (line: string) => void): FailureListener {
  const told = new Set<string>();
  return ({ destination, kind, error }) => {
    if (told.has(destination)) return;
    told.add(destination);
    tell(`>>> ${destination}: ${kind} failure of logging: ${error.message}; trading goes on`);
  };
}
