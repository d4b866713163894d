import { type LookupAddress, type LookupAllOptions, type LookupOptions } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { LookUpGate } from './look-up-gate';

/** Half of libuv's pool of four: what hangs here leaves the application the other half. */
const AT_ONCE = 2;
/** Longer than the pause between two tries, shorter than anybody waits for a changed address. */
const KEEP_MS = 5000;

/** The pool is the process's, and so is the gate before it. */
const gate = new LookUpGate({
  lookUp: (hostname, options) => lookup(hostname, options),
  atOnce: AT_ONCE,
  keepMs: KEEP_MS,
});

/** RFC 6761, section 6.3: these names are the loopback's, and no name server is to be asked. */
const LOOPBACK: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

type Callback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** A `lookup` for `net.connect` that never takes more of libuv's pool than its share, however many destinations hang. */
export function lookUp(hostname: string, options: LookupOptions, callback: Callback): void {
  const all = { hints: options.hints ?? 0, family: numberOf(options.family), all: true } as const;
  addressesOf(hostname, all).then(
    (found) => {
      const [first] = found;
      if (options.all === true) callback(null, [...found]);
      else callback(null, first?.address ?? '', first?.family ?? 0);
    },
    (error: unknown) => callback(error as NodeJS.ErrnoException, []),
  );
}

/** The address to send datagrams to. */
export async function addressOf(hostname: string): Promise<LookupAddress> {
  const [first] = await addressesOf(hostname, { all: true, family: 0, hints: 0 });
  if (first === undefined) throw new Error(`${hostname} has no address`);
  return first;
}

async function addressesOf(hostname: string, options: LookupAllOptions): Promise<readonly LookupAddress[]> {
  if (!/^(.*\.)?localhost\.?$/i.test(hostname)) return gate.addresses(hostname, options);
  return LOOPBACK.filter(({ family }) => options.family === 0 || options.family === family);
}

function numberOf(family: LookupOptions['family']): number {
  if (family === 'IPv4') return 4;
  return family === 'IPv6' ? 6 : (family ?? 0);
}
