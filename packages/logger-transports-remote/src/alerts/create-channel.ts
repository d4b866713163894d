import { type Channel } from './channel';
import { type ChannelOptions } from './channel-options';
import { EmailChannel } from './email-channel';
import { HttpChannel } from './http-channel';

const TELEGRAM_URL = 'https://api.telegram.org';
/** Discord takes no more in `content`. */
const DISCORD_CHARACTERS = 2000;

/** The channel that options describe. Nothing is opened yet. */
export function createChannel(options: ChannelOptions): Channel {
  switch (options.type) {
    case 'telegram': {
      // core.telegram.org/bots/api, sendMessage; 429 carries parameters.retry_after in seconds.
      const { token, chatId, apiUrl = TELEGRAM_URL } = options;
      const url = `${apiUrl.replace(/\/$/, '')}/bot${token}/sendMessage`;
      return new HttpChannel({
        url,
        secrets: [token],
        body: (text) => ({ chat_id: chatId, text, disable_web_page_preview: true }),
        retryAfterSeconds: (body) =>
          (body as { parameters?: { retry_after?: unknown } } | undefined)?.parameters?.retry_after,
      });
    }
    case 'discord':
      // discord.com/developers/docs, Execute Webhook; 429 carries retry_after in seconds. Nobody is pinged by a record.
      return new HttpChannel({
        url: options.url,
        secrets: [tokenOf(options.url)],
        body: (text) => ({ content: text.slice(0, DISCORD_CHARACTERS), allowed_mentions: { parse: [] } }),
        retryAfterSeconds: (body) => (body as { retry_after?: unknown } | undefined)?.retry_after,
      });
    case 'slack':
      // api.slack.com/messaging/webhooks; 429 has Retry-After. Three characters are Slack's own.
      return new HttpChannel({
        url: options.url,
        secrets: [tokenOf(options.url)],
        body: (text) => ({ text: text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') }),
      });
    case 'webhook': {
      const { url, headers = {} } = options;
      return new HttpChannel({
        url,
        headers,
        secrets: Object.entries(headers).flatMap(([name, value]) =>
          /auth|token|key|secret|cookie/i.test(name) ? [value] : [],
        ),
        body: (text, { kind, rule, key, level }) => ({ kind, rule, key, level, text }),
      });
    }
    case 'email':
      return new EmailChannel(options);
  }
}

/** The last part of a hook's path is what lets anybody write to it. */
function tokenOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? '';
}
