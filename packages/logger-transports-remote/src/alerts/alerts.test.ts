import { createLogger, type DestinationOptions, type Logger } from '@metaexpert/logger-core';
import { CollectingTransport, destinationOf, waitFor } from '@metaexpert/logger-core/testing';
import { HookServer, type HookAnswer } from '../../test-fixtures/alerts/hook-server';
import { SmtpServer } from '../../test-fixtures/alerts/smtp-server';
import { alerts, alertsPlugin } from './alerts';
import { type AlertsOptions } from './alerts-options';
import { discord, email, slack, telegram, webhook } from './channel-options';

const WAIT = 20_000;
const opened: { close(options?: { timeoutMs: number }): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close({ timeoutMs: 50 });
});

async function serve(...answers: HookAnswer[]): Promise<{ hook: HookServer; url: string }> {
  const hook = new HookServer(...answers);
  opened.push(hook);
  return { hook, url: await hook.listen() };
}

function loggerOf(options: AlertsOptions, ...others: DestinationOptions[]): { log: Logger; failures: string[] } {
  const destinations = [alerts({ batch: { maxDelayMs: 1 }, ...options }), ...others];
  const log = createLogger({ sources: false, exitHooks: false, destinations });
  const failures: string[] = [];
  log.on('failure', ({ error, kind }) => failures.push(`${kind} ${error.message}`));
  opened.push(log);
  return { log, failures };
}

const errors = { name: 'errors', when: { minLevel: 'error' as const }, to: ['chat'] };
const fast = { minIntervalMs: 0 };

describe('alerts', () => {
  it('reach a Telegram chat, and come when its 429 says that they may', async () => {
    const { hook, url } = await serve(
      { status: 429, body: { ok: false, error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } } }, // prettier-ignore
      { status: 200, body: { ok: true } },
    );
    const { log, failures } = loggerOf({
      channels: { chat: telegram({ token: '110201543:AAHdqTcv', chatId: -100123, apiUrl: url, ...fast }) },
      rules: [errors],
    });
    log.info('nothing').error('order rejected', { symbol: 'BTCUSDT' });
    await waitFor('both tries', () => hook.requests.length === 2, WAIT);
    const [first, second] = hook.requests;
    expect(first).toMatchObject({
      path: '/bot110201543:AAHdqTcv/sendMessage',
      body: { chat_id: -100123, text: '[errors] ERROR order rejected\nsymbol BTCUSDT' },
    });
    expect(second!.body).toEqual(first!.body);
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(990);
    expect(failures).toEqual([expect.stringContaining('temporary chat: HTTP 429')]);
    expect(failures.join()).not.toContain('AAHdqTcv');
  });

  it('reach Discord and Slack in their own words, and ping nobody', async () => {
    const { hook, url } = await serve(
      { status: 429, body: { message: 'You are being rate limited.', retry_after: 0.05, global: false } },
      { status: 204 },
    );
    const slackHook = await serve({ status: 429, headers: { 'retry-after': '0' } }, { status: 200 });
    const { log } = loggerOf({
      channels: {
        chat: discord({ url: `${url}/api/webhooks/1/secret`, ...fast }),
        team: slack({ url: `${slackHook.url}/services/T/B/x`, ...fast }),
      },
      rules: [{ ...errors, to: ['chat', 'team'] }],
    });
    log.error('a < b & @everyone');
    await waitFor('both', () => hook.requests.length === 2 && slackHook.hook.requests.length === 2, WAIT);
    expect(hook.requests[1]).toMatchObject({
      path: '/api/webhooks/1/secret',
      body: { content: '[errors] ERROR a < b & @everyone', allowed_mentions: { parse: [] } },
    });
    expect(slackHook.hook.requests[1]?.body).toEqual({ text: '[errors] ERROR a &lt; b &amp; @everyone' });
  });

  it('reach a webhook with its headers, and an address by mail', async () => {
    const { hook, url } = await serve({ status: 200 });
    const smtp = new SmtpServer();
    opened.push(smtp);
    const { log } = loggerOf({
      channels: {
        chat: webhook({ url, headers: { authorization: 'Bearer abcdefghijkl' }, ...fast }),
        mail: email({ smtp: await smtp.listen(), from: 'bot@example.org', to: ['ops@example.org'], ...fast }),
      },
      rules: [{ ...errors, to: ['chat', 'mail'] }],
    });
    log.error('order rejected', new Error('no margin'));
    await waitFor('both', () => hook.requests.length === 1 && smtp.mails.length === 1, WAIT);
    expect(hook.requests[0]).toMatchObject({
      headers: { authorization: 'Bearer abcdefghijkl' },
      body: { kind: 'firing', rule: 'errors', level: 'error', text: expect.stringContaining('Error: no margin') },
    });
    expect(smtp.mails[0]).toMatch(/^To: ops@example.org\r$/m);
    expect(smtp.mails[0]).toMatch(/^Subject: \[errors\] ERROR order rejected\r$/m);
  });

  it('look up names as destinations do: a name of the loopback is asked of nobody', async () => {
    const { hook, url } = await serve({ status: 200 });
    const smtp = new SmtpServer();
    opened.push(smtp);
    const at = (address: string): string => address.replace(/127\.0\.0\.1|localhost/, 'hooks.localhost');
    const { log, failures } = loggerOf({
      channels: {
        chat: webhook({ url: at(url), ...fast }),
        mail: email({ smtp: at(await smtp.listen()), from: 'bot@example.org', to: 'ops@example.org', ...fast }),
      },
      rules: [{ ...errors, to: ['chat', 'mail'] }],
    });
    log.error('order rejected');
    await waitFor('both', () => hook.requests.length === 1 && smtp.mails.length === 1, WAIT);
    expect(failures).toEqual([]);
  });

  it('take another channel when one refuses, or does not answer again and again', async () => {
    const { hook, url } = await serve({ status: 404, body: { message: 'Unknown Webhook k3y-of-the-hook' } });
    const spare = await serve({ status: 200 });
    const { log, failures } = loggerOf({
      channels: {
        chat: webhook({ url, headers: { 'x-api-key': 'k3y-of-the-hook' }, ...fast }),
        spare: webhook({ url: spare.url, ...fast }),
      },
      rules: [{ ...errors, escalate: { afterMs: 3_600_000, to: ['spare'] } }],
    });
    log.error('order rejected');
    await waitFor('the spare one', () => spare.hook.requests.length === 1, WAIT);
    expect(hook.requests).toHaveLength(1);
    expect(failures).toEqual([expect.stringContaining('permanent chat: HTTP 404')]);
    expect(failures.join()).not.toContain('k3y');
  });

  it('never hold up a record: with their channel down all others, and their own, are delivered', async () => {
    const collected = new CollectingTransport();
    const { log } = loggerOf(
      { channels: { chat: webhook({ url: 'http://127.0.0.1:9', ...fast }) }, rules: [errors] },
      destinationOf(collected),
    );
    for (let index = 0; index < 3000; index++) log.error(`${index}`);
    await log.flush({ timeoutMs: WAIT });
    expect(collected.messages).toHaveLength(3000);
    expect(log.health()[0]).toMatchObject({ accepted: 3000, delivered: 3000, queued: 0, state: 'active' });
  });

  it('of one problem are one message, however often it comes', async () => {
    const { hook, url } = await serve({ status: 200 });
    const { log } = loggerOf({ channels: { chat: webhook({ url, ...fast }) }, rules: [{ ...errors, repeatMs: 10 }] });
    for (let index = 0; index < 214; index++) log.error('order rejected');
    await waitFor('the digest', () => hook.requests.length === 2, WAIT);
    expect(hook.requests[1]?.body['text']).toMatch(/^\[errors\] repeated: ERROR order rejected\n×214 since \d\d:\d\d$/);
  });

  it('are told before the logger is closed', async () => {
    const { hook, url } = await serve({ status: 200 });
    const { log } = loggerOf({ channels: { chat: webhook({ url, ...fast }) }, rules: [errors] });
    for (const message of ['1', '2', '3']) log.error(message);
    await log.close({ timeoutMs: WAIT });
    expect(hook.requests.map(({ body }) => body['text'])).toEqual(
      ['1', '2', '3'].map((one) => `[errors] ERROR ${one}`),
    );
  });

  it('that wait for the end of the quiet hours are counted when the logger is closed before', async () => {
    const { hook, url } = await serve({ status: 200 });
    const hour = 3_600_000;
    const clock = (fromNowMs: number): string => new Date(Date.now() + fromNowMs).toISOString().slice(11, 16);
    const quietHours = { from: clock(-hour), to: clock(hour) };
    const { log, failures } = loggerOf({ channels: { chat: webhook({ url, ...fast }) }, rules: [errors], quietHours });
    log.error('1').error('2').error('2');
    await log.close({ timeoutMs: WAIT });
    expect(hook.requests).toEqual([]);
    expect(failures).toEqual(['permanent the logger was closed in quiet hours: 2 problem(s) will not be told']);
  });

  it('are refused at start with every mistake in them', () => {
    const make = (options: object) => () => createLogger({ sources: false, exitHooks: false, plugins: [alertsPlugin], destinations: [{ type: 'alerts', ...options }] }); // prettier-ignore
    const channels = { chat: { type: 'slack', url: 'https://example.org/x' } };
    expect(make({ channels, rules: [{ name: 'a', to: ['caht'] }] })).toThrow(/rules\[0\]\.to: 'caht' is not one of the channels: chat/);
    expect(make({ channels: { chat: { type: 'slakc' } }, rules: [] })).toThrow(/did you mean 'slack'/);
    expect(make({ channels: { chat: { type: 'slack', ulr: 'x' } }, rules: [] })).toThrow(/channels\.chat\.ulr: unknown option \(did you mean 'url'\?\)/);
    expect(make({ channels: { chat: { type: 'slack', url: 'ftp://x' } }, rules: [] })).toThrow(/its address is not one of/);
    expect(make({ channels: { chat: { type: 'slack', url: 'http://x:0/' } }, rules: [] })).toThrow(/names port 0/);
    expect(make({ channels: { chat: { type: 'webhook', url: 'http://x', headers: { a: '\n' } } }, rules: [] })).toThrow(/channels\.chat\.headers\.a/);
    expect(make({ channels, rules: [], quietHours: { from: '25:00', to: '07:00' } })).toThrow(/quietHours\.from/);
    expect(make({ channels, rules: [{ ...errors, silence: { forMs: 1 } }] })).not.toThrow();
  }); // prettier-ignore
});
