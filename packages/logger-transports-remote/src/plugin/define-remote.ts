import {
  type ConfigIssue,
  definePlugin,
  type Diagnostics,
  type SettingsInput,
  type Transport,
  type TransportPlugin,
} from '@metaexpert/logger-core';
import { ConcurrentTransport } from '../delivery/concurrent-transport';
import { DeadLetterTransport } from '../delivery/dead-letter-transport';
import { DeadLetters } from '../delivery/dead-letters';
import { HalvingTransport } from '../delivery/halving-transport';
import { QuarantineTransport } from '../delivery/quarantine-transport';
import { Dialer } from '../net/dialer';
import { checkProxy, proxyFor } from '../net/proxy';
import { parseTarget, type Schemes, type Target } from '../net/target';
import { checkTls, type TlsOptions } from '../net/tls-options';
import { warnUnsafe } from '../net/warn-unsafe';
import { spoolPlugin } from '../spool/spool-plugin';
import { checkEach } from './check-each';
import { REMOTE_SCHEMA, type RemoteOptions } from './remote-options';

/** What a transport is made from, beside its options. */
export interface RemoteParts {
  readonly name: string;
  readonly target: Target;
  readonly dialer: Dialer;
  /** The proxy, where the transport has to speak to it itself: plain http. */
  readonly forwardProxy: Target | undefined;
  readonly tls: TlsOptions | undefined;
  readonly diagnostics: Diagnostics;
}

/** What one type of remote destination has of its own. */
export interface RemoteKind<O extends RemoteOptions> {
  readonly type: string;
  readonly schemes: Schemes;
  /** JSON Schemas of its own keys. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly defaults?: Omit<SettingsInput, 'type'>;
  /** Whether `tls` means something beside a plain scheme: the protocol asks for TLS by itself. @default false */
  readonly upgrades?: boolean;
  check?(options: O): ConfigIssue[];
  create(options: O, parts: RemoteParts): Transport;
}

const DEFAULT_TRIES = 10;

/** Makes the plugin of a remote destination: checks, connections and delivery are the same for all. */
export function defineRemote<O extends RemoteOptions>(kind: RemoteKind<O>): TransportPlugin {
  return definePlugin<O>({
    kind: 'transport',
    type: kind.type,
    brings: [spoolPlugin],
    schema: {
      type: 'object',
      properties: { ...REMOTE_SCHEMA, ...kind.schema },
      required: ['url', ...(kind.required ?? [])],
    },
    // A network is slower than a disk: a larger batch and a longer wait for it cost nobody anything.
    defaults: { batch: { maxDelayMs: 200 }, ...kind.defaults },
    check: checkEach<O>((options) => [
      ...checkUrl(options, kind),
      ...(options.tls === undefined ? [] : checkTls(options.tls)),
      ...checkProxy(options.proxy),
      ...(kind.check?.(options) ?? []),
    ]),
    create: (options, { name, diagnostics }) => {
      const target = parseTarget(options.url, kind.schemes);
      warnUnsafe({ name, target, tls: options.tls, upgrades: kind.upgrades ?? false });
      const proxy = proxyFor(target, options.proxy, process.env);
      const forwards = proxy !== undefined && target.scheme === 'http';
      const dialer = new Dialer({ target, tls: options.tls, proxy, tunnels: !forwards });
      const forwardProxy = forwards ? proxy : undefined;
      return decorate(
        kind.create(options, { name, target, dialer, forwardProxy, tls: options.tls, diagnostics }),
        options,
        name,
        diagnostics,
      );
    },
  });
}

/** Puts the delivery policies around a transport of two methods. */
function decorate(bare: Transport, options: RemoteOptions, name: string, diagnostics: Diagnostics): Transport {
  const { concurrency = 1, oversized = 'reject', quarantine, deadLetters } = options;
  let transport: Transport = new HalvingTransport(bare, oversized);
  if (concurrency > 1) transport = new ConcurrentTransport(transport, concurrency);
  transport = new QuarantineTransport(transport, quarantine?.tries ?? DEFAULT_TRIES);
  if (deadLetters === undefined) return transport;
  return new DeadLetterTransport(transport, new DeadLetters(deadLetters, name), diagnostics);
}

/**
 * A scheme without TLS beside TLS options would send in plain text what somebody thinks is safe; and datagrams would pass
 * by the proxy that somebody thinks they go through.
 */
function checkUrl({ url, tls, proxy }: RemoteOptions, { schemes, upgrades = false }: UrlRules): ConfigIssue[] {
  try {
    const { scheme, wire } = parseTarget(url, schemes);
    const issues: ConfigIssue[] = [];
    const without = (path: string, wanted: (wire: Target['wire']) => boolean): void => {
      const names = Object.entries(schemes).flatMap(([name, rule]) => (wanted(rule.wire) ? [`${name}://`] : []));
      const instead = names.length === 0 ? '' : `; use ${names.join(' or ')}`;
      issues.push({ path, message: `has no meaning with ${scheme}://${instead}` });
    };
    if (tls !== undefined && !upgrades && wire !== 'tls') without('tls', (other) => other === 'tls');
    if (typeof proxy === 'string' && wire === 'udp') without('proxy', (other) => other !== 'udp');
    return issues;
  } catch (thrown) {
    return [{ path: 'url', message: (thrown as Error).message }];
  }
}

type UrlRules = Pick<RemoteKind<RemoteOptions>, 'schemes' | 'upgrades'>;
