// Values that break whoever serialises them. `call` logs one; `shows` says what its record must be like.
const boom = () => {
  throw new Error('hostile');
};
const thrower = (key) => Object.defineProperty({ kept: 1 }, key, { enumerable: true, get: boom });

function nested(depth) {
  let value = {};
  for (let level = 0; level < depth; level += 1) value = { value };
  return value;
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function cyclic() {
  const value = { kept: 1 };
  value.self = value;
  return value;
}

const trapped = () => new Proxy({}, { get: boom, ownKeys: boom, has: boom, getOwnPropertyDescriptor: boom });
const isHere = (record) => (record.message ?? record.msg) === 'hostile';
const has = (key, pattern) => (record) => isHere(record) && pattern.test(JSON.stringify(record[key]));

export const hostileCalls = {
  'nested-getter': {
    call: (log) => log.info('hostile', { value: thrower('bad') }),
    shows: has('value', /\[Throws: hostile\]/),
  },
  'own-getter': { call: (log) => log.info('hostile', thrower('bad')), shows: has('bad', /\[Throws: hostile\]/) },
  'to-json': {
    call: (log) => log.info('hostile', { value: { toJSON: boom } }),
    shows: has('value', /\[Throws: hostile\]/),
  },
  'deep-20000': { call: (log) => log.info('hostile', { value: nested(20_000) }), shows: has('value', /./) },
  'revoked-proxy': { call: (log) => log.info('hostile', { value: revoked() }), shows: has('value', /./) },
  'revoked-fields': { call: (log) => log.info('hostile', revoked()), shows: isHere },
  'trapped-proxy': { call: (log) => log.info('hostile', { value: trapped() }), shows: has('value', /./) },
  bigint: {
    call: (log) => log.info('hostile', { value: 12345678901234567890n }),
    shows: has('value', /^"12345678901234567890"$/),
  },
  cycle: { call: (log) => log.info('hostile', { value: cyclic() }), shows: has('value', /\[Circular\]/) },
  'error-stack-getter': {
    call: (log) => log.error('hostile', { value: Object.defineProperty(new Error('inner'), 'stack', { get: boom }) }),
    shows: has('value', /./),
  },
  'error-in-a-field': {
    call: (log) => log.info('hostile', { value: new Error('inner') }),
    shows: has('value', /inner.*stack|stack.*inner/),
  },
  'error-cycle': {
    call: (log) => {
      const error = new Error('inner');
      error.cause = error;
      log.error('hostile', { value: error });
    },
    shows: has('value', /inner/),
  },
  'five-megabytes': {
    call: (log) => log.info('hostile', { value: 'x'.repeat(5_000_000) }),
    shows: (record) => isHere(record) && JSON.stringify(record).length <= 1_100_000,
  },
  'million-elements': {
    call: (log) => log.info('hostile', { value: new Array(1_000_000).fill(1) }),
    shows: (record) => isHere(record) && JSON.stringify(record).length <= 1_100_000,
  },
  'not-a-number': {
    call: (log) => log.info('hostile', { value: [NaN, Infinity, -Infinity] }),
    shows: has('value', /^\["NaN","Infinity","-Infinity"\]$/),
  },
  'function-and-symbol': {
    call: (log) => log.info('hostile', { value: [() => 1, Symbol('s')] }),
    shows: has('value', /^\["[^"]+","[^"]*s[^"]*"\]$/),
  },
  'lone-surrogate-and-newline': {
    call: (log) => log.info('hostile', { value: 'a\ud800b\nc\u2028d' }),
    shows: has('value', /^"a.*b\\nc.*d"$/s),
  },
  'proto-key': {
    call: (log) => log.info('hostile', JSON.parse('{"__proto__":{"polluted":1},"kept":1}')),
    shows: (record) => isHere(record) && record.kept === 1,
  },
  'reserved-names': {
    call: (log) => log.info('hostile', { seq: 'mine', timestamp: 'mine', level: 'mine' }),
    shows: (record) => isHere(record) && record.level === 'info',
  },
  'message-throws': { call: (log) => log.info({ toString: boom, toJSON: boom }), shows: () => true },
  'message-symbol': { call: (log) => log.info(Symbol('hostile')), shows: () => true },
  'message-undefined': { call: (log) => log.info(undefined), shows: () => true },
  'message-null-prototype': { call: (log) => log.info(Object.create(null)), shows: () => true },
};
