import { ConfigError } from '@metaexpert/logger-core';

/** No zone changes its offset within a quarter of an hour of the clock. */
const BLOCK_MS = 15 * 60_000;

/**
 * Minutes east of UTC in a zone, by instant.
 *
 * @param zone - an IANA name, or `local` for the process's own
 * @throws ConfigError - `MXL_CONFIG_INVALID`, when there is no such zone
 */
export function createZoneOffset(zone: string): (ms: number) => number {
  // Intl takes tens of milliseconds to get ready: a name has to be looked at now, the process's own zone need not.
  let format = zone === 'local' ? undefined : zoneFormat(zone);
  let block = Number.NaN;
  let minutes = 0;
  return (ms) => {
    const asked = Math.floor(ms / BLOCK_MS);
    if (asked !== block) {
      format ??= zoneFormat(zone);
      const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
      minutes = toMinutes(name);
      block = asked;
    }
    return minutes;
  };
}

function zoneFormat(zone: string): Intl.DateTimeFormat {
  try {
    const timeZone = zone === 'local' ? {} : { timeZone: zone };
    return new Intl.DateTimeFormat('en-US', { ...timeZone, timeZoneName: 'longOffset' });
  } catch {
    throw new ConfigError([
      { path: 'timestamp.zone', message: `'${zone}' is neither 'local' nor a time zone's IANA name` },
    ]);
  }
}

/** `GMT`, `GMT+05:30`; zones of the 19th century have seconds, which RFC 3339 has no room for: they are cut. */
function toMinutes(name: string): number {
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}
