/** A Telegram chat, by a bot. */
export interface TelegramOptions {
  /** The bot's, of BotFather. */
  token: string;
  chatId: string | number;
  /** @default 'https://api.telegram.org' */
  apiUrl?: string;
}

/** A Discord channel, by its webhook. */
export interface DiscordOptions {
  url: string;
}

/** A Slack channel, by its incoming webhook. */
export interface SlackOptions {
  url: string;
}

/** Anything that takes `{ kind, rule, key, level, text }` by POST. */
export interface WebhookOptions {
  url: string;
  headers?: Record<string, string>;
}

/** Mail; needs the package nodemailer. */
export interface EmailOptions {
  /** `smtps://user:password@host:465`, `smtp://host:587` */
  smtp: string;
  from: string;
  to: string | string[];
}

/** How much one channel may be told. */
export interface ChannelLimits {
  /** @default 20 */
  perMinute?: number;
  /** Between two messages. @default 1000 */
  minIntervalMs?: number;
}

export type ChannelOptions = ChannelLimits &
  (
    | ({ type: 'telegram' } & TelegramOptions)
    | ({ type: 'discord' } & DiscordOptions)
    | ({ type: 'slack' } & SlackOptions)
    | ({ type: 'webhook' } & WebhookOptions)
    | ({ type: 'email' } & EmailOptions)
  );

export function telegram(options: TelegramOptions & ChannelLimits): ChannelOptions {
  return { type: 'telegram', ...options };
}

export function discord(options: DiscordOptions & ChannelLimits): ChannelOptions {
  return { type: 'discord', ...options };
}

export function slack(options: SlackOptions & ChannelLimits): ChannelOptions {
  return { type: 'slack', ...options };
}

export function webhook(options: WebhookOptions & ChannelLimits): ChannelOptions {
  return { type: 'webhook', ...options };
}

export function email(options: EmailOptions & ChannelLimits): ChannelOptions {
  return { type: 'email', ...options };
}
