import { execFile } from 'node:child_process';

/** Who must be how close to UTC (RTS 25, Delegated Regulation (EU) 2017/574, annex): high-frequency, other, voice trading. */
export type ClockTier = 'hft' | 'other' | 'voice';

interface TierLimits {
  /** The most that the clock may be off UTC, in microseconds. */
  readonly divergenceUs: number;
  /** The coarsest time stamp allowed, in microseconds. */
  readonly granularityUs: number;
}

const TIERS: Readonly<Record<ClockTier, TierLimits>> = {
  hft: { divergenceUs: 100, granularityUs: 1 },
  other: { divergenceUs: 1000, granularityUs: 1000 },
  voice: { divergenceUs: 1_000_000, granularityUs: 1_000_000 },
};

/** The time stamps of records are in milliseconds. */
const GRANULARITY_US = 1000;

/** What the system says about its clock. */
export interface ClockEvidence {
  /** `chrony` or `timesyncd` and its server; `unknown` where nothing tells. */
  readonly source: string;
  /** Measured offset from the source, in microseconds. */
  readonly offsetUs: number | undefined;
  /** The most that the clock can be off UTC by what the source knows, in microseconds. */
  readonly boundUs: number | undefined;
}

export const UNKNOWN_CLOCK: ClockEvidence = { source: 'unknown', offsetUs: undefined, boundUs: undefined };

export type ClockVerdict = 'met' | 'missed' | 'unknown';

/** How a checkpoint says it: tier, verdict, source, offset and bound. */
export function formatClock(tier: ClockTier | undefined, evidence: ClockEvidence): string {
  const { source, offsetUs, boundUs } = evidence;
  const name = source.replace(/[^\x21-\x7e]+/g, '_').slice(0, 100) || 'unknown';
  return [tier ?? 'none', judgeClock(tier, evidence), name, offsetUs ?? '-', boundUs ?? '-'].join(' ');
}

export function judgeClock(tier: ClockTier | undefined, { boundUs }: ClockEvidence): ClockVerdict {
  if (tier === undefined) return 'unknown';
  const { divergenceUs, granularityUs } = TIERS[tier];
  if (GRANULARITY_US > granularityUs) return 'missed';
  if (boundUs === undefined) return 'unknown';
  return boundUs <= divergenceUs ? 'met' : 'missed';
}

const ASK_MS = 2000;

/** Asks chrony, then systemd-timesyncd. Never rejects: a system that cannot tell is `unknown`. */
export async function askClock(): Promise<ClockEvidence> {
  const chrony = parseChrony(await outputOf('chronyc', ['-n', '-c', 'tracking']));
  return chrony ?? parseTimesyncd(await outputOf('timedatectl', ['timesync-status'])) ?? UNKNOWN_CLOCK;
}

/** `chronyc -c tracking`: comma separated; seconds. The bound is chrony's own: offset, root dispersion, half the root delay. */
export function parseChrony(output: string): ClockEvidence | undefined {
  const fields = output.trim().split(',');
  const [id, server = '', stratum, , offset, , , , , , delay, dispersion, , leap] = fields;
  // Without a source its reference is 127.127.1.1 (its own clock) or 00000000, or the leap status says so.
  if (fields.length < 14 || id === '00000000' || id === '7F7F0101' || leap === 'Not synchronised') return undefined;
  const [offsetUs, delayUs, dispersionUs] = [offset, delay, dispersion].map((text) => Number(text) * 1e6);
  const bound = Math.abs(offsetUs as number) + (dispersionUs as number) + (delayUs as number) / 2;
  if (!Number.isFinite(bound)) return undefined;
  return { source: `chrony:${server}/${String(stratum)}`, offsetUs: round(offsetUs as number), boundUs: round(bound) };
}

/** `timedatectl timesync-status`: text for people. The bound is offset and root distance. */
export function parseTimesyncd(output: string): ClockEvidence | undefined {
  const value = (key: string): string | undefined => new RegExp(`^\\s*${key}: (.+)$`, 'm').exec(output)?.[1];
  const [server, offset, distance] = [value('Server'), parseSpan(value('Offset')), parseSpan(value('Root distance'))];
  if (server === undefined || offset === undefined) return undefined;
  const boundUs = distance === undefined ? undefined : round(Math.abs(offset) + distance);
  return { source: `timesyncd:${server.split(' ')[0] ?? ''}`, offsetUs: round(offset), boundUs };
}

const UNITS: Readonly<Record<string, number>> = { us: 1, ms: 1e3, s: 1e6, min: 6e7, h: 3.6e9 };

/** A time span as systemd writes it: `+1.234ms`, `1min 2.5s`. In microseconds. */
function parseSpan(text: string | undefined): number | undefined {
  const parts = [...(text ?? '').replace(/\(.*/, '').matchAll(/([\d.]+)\s*(us|ms|s|min|h)\b/g)];
  if (parts.length === 0) return undefined;
  const sum = parts.reduce((total, [, number, unit]) => total + Number(number) * (UNITS[unit as string] as number), 0);
  return text?.startsWith('-') === true ? -sum : sum;
}

function round(us: number): number {
  return Math.round(us * 1000) / 1000;
}

function outputOf(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: 'C' };
    const child = execFile(command, args, { timeout: ASK_MS, env }, (error, stdout) =>
      resolve(error === null ? stdout : ''),
    );
    // What a logger asks must not keep a process from ending.
    child.unref();
  });
}
