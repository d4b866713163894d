import { parseArgs } from 'node:util';

/** The command line of the harness. */
export function parseArguments(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      peers: { type: 'boolean', default: false },
      'peers-only': { type: 'boolean', default: false },
      remote: { type: 'boolean', default: false },
      json: { type: 'string' },
      long: { type: 'boolean', default: false },
      ci: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  return {
    only: values.only.flatMap((value) => value.split(',')),
    peers: values.peers || values['peers-only'],
    ours: !values['peers-only'],
    remote: values.remote,
    json: values.json,
    long: values.long,
    ci: values.ci,
    verbose: values.verbose,
  };
}
