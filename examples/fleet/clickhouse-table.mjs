/** What has arrived. A row that was inserted twice shows once: FINAL merges by `id`. */
export class ClickhouseTable {
  #url;

  constructor(url) {
    this.#url = url;
  }

  /** Every row: `{ id, seq, bot, start, n }`. */
  async rows() {
    const record = (name) => `visitParamExtractUInt(record, '${name}') AS ${name}`;
    return this.#ask(`SELECT id, seq, logger AS bot, ${record('start')}, ${record('n')} FROM fleet_logs FINAL`);
  }

  /** Rows as they were inserted, those that came twice included, until ClickHouse merges them. */
  async inserted() {
    const [row] = await this.#ask('SELECT count() AS count FROM fleet_logs');
    return Number(row?.count ?? 0);
  }

  async bytes() {
    const [row] = await this.#ask(
      `SELECT sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND table = 'fleet_logs'`,
    );
    return Number(row?.bytes ?? 0);
  }

  async #ask(query) {
    const answer = await fetch(this.#url, { method: 'POST', body: `${query} FORMAT JSONEachRow` });
    const text = await answer.text();
    if (!answer.ok) {
      if (text.includes('UNKNOWN_TABLE') || /Code: 60\b/.test(text)) return [];
      throw new Error(text);
    }
    return text.split('\n').filter(Boolean).map((line) => JSON.parse(line)); // prettier-ignore
  }
}
