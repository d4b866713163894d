import {
  carriedPlugin,
  type CommonDestinationOptions,
  definePlugin,
  type DestinationOptions,
  type MemberOptions,
  type Plugin,
  type TransportContext,
  withPlugin,
} from '@metaexpert/logger-core';
import { checkEach } from '../plugin/check-each';
import { spoolPlugin } from '../spool/spool-plugin';
import { FailoverPolicy } from './failover-policy';
import { FailoverTransport } from './failover-transport';
import { FanOutTransport } from './fan-out-transport';
import { Member } from './member';

/** Options of every group. Queue, format, retry and breaker are the group's own; members bring their transports. */
export interface GroupOptions extends CommonDestinationOptions {
  /** For one member's part of a write. @default 3000 */
  memberTimeoutMs?: number;
}

export interface FailoverOptions extends GroupOptions {
  /** How long a member that failed is left alone before it is tried again, and gone back to. @default 10000 */
  recheckMs?: number;
}

export interface FanOutOptions extends GroupOptions {
  destinations: readonly MemberOptions[];
  /** How many members must have a record until it counts as delivered. @default more than half */
  quorum?: number;
}

interface Members {
  readonly destinations: readonly MemberOptions[];
}

const DEFAULT_MEMBER_TIMEOUT_MS = 3000;
const DEFAULT_RECHECK_MS = 10_000;

const SHARED_SCHEMA = {
  destinations: { type: 'array', minItems: 1, items: { type: 'object', required: ['type'] } },
  memberTimeoutMs: { type: 'number', exclusiveMinimum: 0 },
};

/** What `type: 'failover'` in plain configuration means; its members are `destinations`. */
export const failoverPlugin = definePlugin<FailoverOptions & Members>({
  kind: 'transport',
  type: 'failover',
  group: true,
  brings: [spoolPlugin],
  schema: {
    type: 'object',
    properties: { ...SHARED_SCHEMA, recheckMs: { type: 'number', minimum: 0 } },
    required: ['destinations'],
  },
  create: (options, context) => {
    const members = createMembers(options, context);
    const policy = new FailoverPolicy(members.length, options.recheckMs ?? DEFAULT_RECHECK_MS);
    return new FailoverTransport({ members, policy, diagnostics: context.diagnostics });
  },
});

/** What `type: 'fanOut'` in plain configuration means; its members are `destinations`. */
export const fanOutPlugin = definePlugin<FanOutOptions>({
  kind: 'transport',
  type: 'fanOut',
  group: true,
  brings: [spoolPlugin],
  schema: {
    type: 'object',
    properties: { ...SHARED_SCHEMA, quorum: { type: 'integer', minimum: 1 } },
    required: ['destinations'],
  },
  check: checkEach<FanOutOptions>(({ quorum = 1, destinations }) =>
    quorum <= destinations.length
      ? []
      : [{ path: 'quorum', message: `${quorum} is more than the ${destinations.length} destinations` }],
  ),
  create: (options, context) => {
    const members = createMembers(options, context);
    const quorum = options.quorum ?? Math.floor(members.length / 2) + 1;
    return new FanOutTransport({ members, quorum, diagnostics: context.diagnostics });
  },
});

/**
 * One destination of several: records go to the first that takes them, and to the first of all again when it has
 * recovered.
 *
 * @example
 * createLogger({ destinations: [failover([primary, standby], { name: 'store' })] });
 */
export function failover(members: readonly MemberOptions[], options: FailoverOptions = {}): DestinationOptions {
  return withMembers({ ...options, type: 'failover', destinations: members }, failoverPlugin);
}

/**
 * One destination of several: records go to all, and count as delivered when a quorum has them.
 *
 * @example
 * createLogger({ destinations: [fanOut({ destinations: [a, b, c], quorum: 2 })] });
 */
export function fanOut(options: FanOutOptions): DestinationOptions {
  return withMembers({ ...options, type: 'fanOut' }, fanOutPlugin);
}

/** The members' plugins are known wherever the group is. */
function withMembers<O extends Members>(options: O, plugin: Plugin): O {
  const carried = options.destinations.flatMap((member) => carriedPlugin(member) ?? []);
  return withPlugin(options, { ...plugin, brings: [...(plugin.brings ?? []), ...carried] });
}

function createMembers(options: GroupOptions & Members, { transport }: TransportContext): Member[] {
  const { destinations, memberTimeoutMs = DEFAULT_MEMBER_TIMEOUT_MS } = options;
  return destinations.map((one) => new Member(one.name ?? one.type, transport(one), memberTimeoutMs));
}
