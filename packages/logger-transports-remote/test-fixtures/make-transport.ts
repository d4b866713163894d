import { systemClock, type Transport, type TransportPlugin } from '@metaexpert/logger-core';

/** A transport made as a destination makes it, and what it said outside of its writes. */
export function makeTransport(plugin: TransportPlugin, options: object): { transport: Transport; reports: Error[] } {
  const reports: Error[] = [];
  const diagnostics = { report: (_: unknown, error: Error): void => void reports.push(error) };
  const transport = plugin.create(options as never, {
    name: plugin.type,
    clock: systemClock,
    diagnostics,
    transport: () => {
      throw new Error('no groups here');
    },
  });
  return { transport, reports };
}

export function never(): AbortSignal {
  return new AbortController().signal;
}
