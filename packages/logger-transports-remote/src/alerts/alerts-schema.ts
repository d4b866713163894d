import { LEVELS } from '@metaexpert/logger-core';
import { HEADERS_SCHEMA } from '../http/header-schema';

const text = { type: 'string', minLength: 1 };
const durationMs = { type: 'number', minimum: 0 };
const count = { type: 'integer', minimum: 1 };
const names = { type: 'array', items: text, minItems: 1 };
const level = { enum: [...LEVELS] };
const time = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'a time of day: 08:30, 23:59' };
const limits = { perMinute: count, minIntervalMs: durationMs };

function closed(properties: object, required: readonly string[] = []): object {
  return { type: 'object', properties, required, additionalProperties: false };
}

function channel(type: string, properties: object, required: readonly string[]): object {
  return closed({ type: { const: type }, ...limits, ...properties }, ['type', ...required]);
}

const url = { url: text };

const CHANNELS: readonly (readonly [string, object, readonly string[]])[] = [
  ['telegram', { token: text, chatId: { anyOf: [text, { type: 'integer' }] }, apiUrl: text }, ['token', 'chatId']],
  ['discord', url, ['url']],
  ['slack', url, ['url']],
  ['webhook', { ...url, headers: HEADERS_SCHEMA }, ['url']],
  ['email', { smtp: text, from: text, to: { anyOf: [text, names] } }, ['smtp', 'from', 'to']],
];

/** By its type, so that a mistake is explained by what that type takes, and not by all of them. */
const CHANNEL = {
  type: 'object',
  properties: { type: { enum: CHANNELS.map(([type]) => type) } },
  required: ['type'],
  allOf: CHANNELS.map(([type, properties, required]) => ({
    if: { properties: { type: { const: type } }, required: ['type'] },
    then: channel(type, properties, required),
  })),
};

const RULE = closed(
  {
    name: text,
    when: closed({
      minLevel: level,
      category: { anyOf: [text, names] },
      logger: text,
      match: { type: 'object' },
    }),
    rate: closed({ count, windowMs: durationMs }, ['count', 'windowMs']),
    threshold: closed({ field: text, above: { type: 'number' }, below: { type: 'number' } }, ['field']),
    silence: closed({ forMs: durationMs }, ['forMs']),
    key: names,
    to: names,
    escalate: closed({ afterMs: durationMs, to: names }, ['afterMs', 'to']),
    repeatMs: durationMs,
    resolveAfterMs: durationMs,
    template: text,
  },
  ['name', 'to'],
);

/** The own keys of `type: 'alerts'`. */
export const ALERTS_SCHEMA = {
  type: 'object',
  properties: {
    channels: { type: 'object', additionalProperties: CHANNEL },
    rules: { type: 'array', items: RULE },
    quietHours: closed({ from: time, to: time, timeZone: text, exceptLevel: level }, ['from', 'to']),
  },
  required: ['channels', 'rules'],
};
