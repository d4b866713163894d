const MINUTE_MS = 60_000;

/** Minutes that a zone's clocks are ahead of UTC at an instant. Zones change at full minutes, so one look a minute is enough. */
export class ZoneOffset {
  readonly #format: Intl.DateTimeFormat | undefined;
  #minute = Number.NaN;
  #offset = 0;

  /** @param timeZone - an IANA name; undefined is local time */
  constructor(timeZone: string | undefined) {
    if (timeZone === undefined) return;
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  }

  at(ms: number): number {
    const minute = Math.floor(ms / MINUTE_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#offset = this.#format === undefined ? -new Date(ms).getTimezoneOffset() : offsetIn(this.#format, ms);
    }
    return this.#offset;
  }
}

function offsetIn(format: Intl.DateTimeFormat, ms: number): number {
  const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  // `GMT+02:00`, and `GMT` alone for none.
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
