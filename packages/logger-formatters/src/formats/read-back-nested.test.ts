import { EcsFlat } from '@elastic/ecs';
import parseSyslog from 'nsyslog-parser';
import { leaves } from '../../test/leaves';
import { exchangeError, type LoggedMessage, logMessages, TITLE } from '../../test/logged-messages';
import { readOtlp, readRfc5424, readXml } from '../../test/readers';

type Members = Record<string, unknown>;

let logged: (format: string) => LoggedMessage[];

beforeAll(async () => {
  logged = await logMessages();
});

/** The user's fields among members where some names were taken. */
function pick(message: Members, members: Members): Members {
  return Object.fromEntries(
    Object.keys(message).map((key) => [
      key,
      Object.hasOwn(members, `fields.${key}`) ? members[`fields.${key}`] : members[key],
    ]),
  );
}

/** How people read fields: text without quotes where nothing in it could be mistaken. */
function pairsOf(message: Members): string {
  const pairs = Object.entries(message).map(([key, value]) => {
    const bare = typeof value === 'string' && /^[^\s"=]+$/.test(value);
    return ` ${key}=${bare ? value : JSON.stringify(value)}`;
  });
  return pairs.join('');
}

describe('every message of the exchange, as fields and as an error, is read back equal', () => {
  it('from RFC 5424, by glossy', () => {
    for (const { message, line, errorLine } of logged('rfc5424')) {
      const { structuredData, message: text, severityID, appName, msgID, host, pid } = readRfc5424(line);
      expect({ text, severityID, appName, msgID }).toEqual({
        ...{ text: TITLE, severityID: 6, appName: 'ema-bot', msgID: 'general' },
      });
      expect([host, pid]).not.toContain(null);
      const params = structuredData!['meta@32473']!;
      const rest = JSON.parse(params['fields'] ?? '{}') as Members;
      const found = Object.entries(message).map(([key, value]) => {
        if (Object.hasOwn(rest, key)) return [key, rest[key]];
        return [key, typeof value === 'string' ? params[key] : JSON.parse(params[key]!)];
      });
      expect(Object.fromEntries(found)).toEqual(message);
      const { error } = readRfc5424(errorLine).structuredData!['meta@32473']!;
      expect(JSON.parse(error!)).toMatchObject(exchangeError(message));
    }
  });

  it('from both syslog formats, their headers by nsyslog-parser', () => {
    for (const { line, errorLine } of logged('rfc5424')) {
      expect(parseSyslog(line)).toMatchObject({
        type: 'RFC5424',
        prival: 14,
        appName: 'ema-bot',
        messageid: 'general',
      });
      expect(parseSyslog(errorLine)).toMatchObject({ type: 'RFC5424', prival: 11, messageid: 'error' });
    }
    for (const { message: fields, line, errorLine } of logged('rfc3164')) {
      const { message, ...header } = parseSyslog(line);
      expect(header).toMatchObject({ type: 'BSD', prival: 14, appName: 'ema-bot', pid: String(process.pid) });
      expect(message).toBe(`${TITLE}${pairsOf(fields)}`);
      const [text, error] = parseSyslog(errorLine).message.split(' error=');
      expect(text).toBe(TITLE);
      expect(JSON.parse(error!)).toMatchObject(exchangeError(fields));
    }
  });

  it('from XML, by fast-xml-parser', () => {
    for (const { message, line, errorLine } of logged('xml')) {
      const { attributes, message: text, fields } = readXml(line);
      expect(attributes).toMatchObject({
        level: 'info',
        logger: 'ema-bot',
        category: 'general',
        pid: String(process.pid),
      });
      expect({ text, fields }).toEqual({ text: TITLE, fields: message });
      expect(readXml(errorLine).error).toMatchObject({
        ...exchangeError(message),
        stack: expect.stringContaining('\n    at '),
      });
    }
  });

  it("from OTLP, by OpenTelemetry's protobuf definition", () => {
    for (const { message, line, errorLine } of logged('otlp')) {
      const { message: text, attributes, record } = readOtlp(line);
      expect({ text, ...record }).toMatchObject({ text: TITLE, severityNumber: 9, severityText: 'INFO' });
      expect(pick(message, attributes)).toEqual(message);
      const { attributes: thrown } = readOtlp(errorLine);
      const { payload, code } = thrown['error'] as Members;
      const error = { name: thrown['exception.type'], message: thrown['exception.message'], code, payload };
      expect(error).toEqual(exchangeError(message));
      expect(thrown['exception.stacktrace']).toContain('\n    at ');
    }
  });

  it('from ECS, by JSON.parse, under names that @elastic/ecs knows', () => {
    for (const { message, line, errorLine } of logged('ecs')) {
      const { metaexpert, ...members } = JSON.parse(line) as Members;
      expect(members).toMatchObject({ 'log.level': 'info', message: TITLE, 'ecs.version': '9.4.0' });
      expect(metaexpert ?? {}).toEqual(message);
      const { metaexpert: more, ...thrown } = JSON.parse(errorLine) as Members;
      const { type, stack_trace, ...error } = thrown['error'] as Members;
      const { payload } = (more as { error: Members }).error;
      expect({ name: type, ...error, code: Number(error['code']), payload }).toEqual(exchangeError(message));
      expect(stack_trace).toContain('\n    at ');
      for (const [path] of [...leaves(members), ...leaves(thrown)]) expect(Object.keys(EcsFlat)).toContain(path);
    }
  });

  it('from Splunk, by JSON.parse', () => {
    for (const { message, line, errorLine } of logged('splunk')) {
      const { event, fields, ...meta } = JSON.parse(line) as { event: Members; fields: Members };
      expect(meta).toMatchObject({ sourcetype: '_json', source: 'ema-bot', time: expect.any(Number) });
      expect(fields).toEqual({ level: 'info', logger: 'ema-bot', category: 'general' });
      expect(pick(message, event)).toEqual(message);
      expect((JSON.parse(errorLine) as { event: Members }).event['error']).toMatchObject(exchangeError(message));
    }
  });

  it('from the error format, by JSON.parse', () => {
    for (const { message, line, errorLine } of logged('error')) {
      expect({ fields: {}, ...(JSON.parse(line) as Members) }).toMatchObject({ message: TITLE, fields: message });
      const { payload, ...error } = exchangeError(message);
      expect(JSON.parse(errorLine)).toMatchObject({ error: { ...error, details: { payload } } });
    }
  });

  it('from JSON, by JSON.parse', () => {
    for (const { message, line, errorLine } of logged('json')) {
      expect(JSON.parse(line)).toMatchObject({ level: 'info', logger: 'ema-bot', message: TITLE, category: 'general' });
      expect(pick(message, JSON.parse(line) as Members)).toEqual(message);
      expect(JSON.parse(errorLine)).toMatchObject({ category: 'error', error: exchangeError(message) });
    }
  });

  it('from text, each field as it stands', () => {
    for (const { message, line, errorLine } of logged('text')) {
      expect(line).toContain(pairsOf(message));
      expect(errorLine).toContain(` payload=${JSON.stringify(message)}`);
    }
  });
});
