const lines = (text) => text.split('\n').filter(Boolean);

const numbered = ({ n, id }) => ({ n, id });

const attribute = (record, key) => {
  const value = record.attributes.find((one) => one.key === key)?.value;
  return value?.stringValue ?? Number(value?.intValue);
};

/**
 * What the stores on HTTP are sent, and what they answer when all is well. `records` reads a body; `well` is the answer;
 * `failed` a status that means "later" (500 unless the store knows another); `partial`
 * the answer of one that takes some of a batch, which `neverSaysWhich` or asks for the rest again; `refusesWhole` is true of one that takes no part
 * of a batch with a bad record in it, and `items` of one that answers for each record.
 */
export const stores = {
  http: { kind: 'http', records: (body) => JSON.parse(body).map(numbered), well: () => '' },
  loki: {
    kind: 'loki',
    records: (body) => JSON.parse(body).streams.flatMap(({ values }) => values.map(([, line]) => JSON.parse(line))),
    well: () => '',
    refusesWhole: true,
  },
  elasticsearch: {
    kind: 'elasticsearch',
    records: (body) => lines(body).flatMap((line, index) => (index % 2 === 1 ? [JSON.parse(line)] : [])),
    well: (records) => ({ errors: false, items: records.map(() => ({ create: { status: 201 } })) }),
    items: (records, isBad) => ({
      errors: records.some(isBad),
      items: records.map((record) => ({ create: isBad(record) ? REFUSED : { status: 201 } })),
    }),
    partial: (records, isBad) => ({
      errors: records.some(isBad),
      items: records.map((record) => ({ create: isBad(record) ? LATER : { status: 201 } })),
    }),
  },
  splunk: {
    kind: 'splunk',
    options: { auth: { bearer: 'token' } },
    records: (body) => lines(body).map((line) => JSON.parse(line).event),
    well: () => ({ text: 'Success', code: 0 }),
  },
  otlp: {
    kind: 'otlp',
    // All that a client of OTLP may send again are 429, 502, 503 and 504.
    failed: 503,
    records: (body) =>
      JSON.parse(body)
        .resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords))
        .map((record) => ({ n: attribute(record, 'n') || undefined, id: attribute(record, 'log.record.uid') })),
    well: () => ({}),
    partial: (records, isBad) => ({
      partialSuccess: { rejectedLogRecords: String(records.filter(isBad).length), errorMessage: 'too old' },
    }),
    neverSaysWhich: true,
  },
  clickhouse: {
    kind: 'clickhouse',
    records: (body) => lines(body).map((line) => JSON.parse(JSON.parse(line).record)),
    well: () => '',
  },
  'gelf-http': {
    kind: 'gelf',
    records: (body) => lines(body).map((line) => gelf(JSON.parse(line))),
    well: () => '',
  },
};

const LATER = { status: 429, error: { type: 'es_rejected_execution_exception', reason: 'too busy' } };

const REFUSED = { status: 400, error: { type: 'document_parsing_exception', reason: 'no such field' } };

const gelf = ({ _n: n, _record_id: id }) => ({ n, id });

/** What receivers on a bare stream are sent: how a message ends, and what it holds. */
export const receivers = {
  syslog: { kind: 'syslog', schemes: ['syslog+tcp', 'syslog+tls'], frame: octets, record: afterHead },
  tcp: { kind: 'tcp', schemes: ['tcp', 'tls'], frame: upTo('\n'), record: (text) => JSON.parse(text) },
  'gelf-tcp': {
    kind: 'gelf',
    schemes: ['gelf+tcp', 'gelf+tls'],
    frame: upTo('\0'),
    record: (text) => gelf(JSON.parse(text)),
  },
};

/** Those with a protocol of their own: here it is only seen that none speaks it with a server that is not who it should be. */
export const guarded = Object.fromEntries(
  [
    ['relp', 'relps'],
    ['redis', 'rediss'],
    ['rabbitmq', 'amqps'],
    ['kafka', 'kafka+tls'],
    // What it says before it lets TLS begin.
    ['nats', 'nats+tls', 'INFO {"tls_required":true,"max_payload":1048576}\r\n'],
  ].map(([kind, scheme, greeting]) => [kind, { kind, schemes: [undefined, scheme], anything: true, greeting }]),
);

/** RFC 6587, section 3.4.1: `[start, end]` of the first message, and undefined until it is whole. */
function octets(bytes) {
  const space = bytes.indexOf(0x20);
  const length = Number(bytes.toString('latin1', 0, Math.max(0, space)));
  if (space < 1 || bytes.length < space + 1 + length) return undefined;
  return { start: space + 1, end: space + 1 + length, next: space + 1 + length };
}

function upTo(delimiter) {
  return (bytes) => {
    const end = bytes.indexOf(delimiter);
    return end < 0 ? undefined : { start: 0, end, next: end + 1 };
  };
}

function afterHead(text) {
  return JSON.parse(text.slice(text.indexOf('{')));
}
