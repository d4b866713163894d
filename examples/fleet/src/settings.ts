/** How the queue is reached. Paths of PEM files, which are read again when they change. */
export interface QueueSettings {
  readonly port: number;
  readonly token: string;
  readonly tls: { readonly ca: string; readonly clientCert: string; readonly clientKey: string };
}

export interface BotSettings {
  readonly queue: QueueSettings;
  /** Names of the bots in this process: one each in the drill, many when a thousand of them are to be measured. */
  readonly bots: readonly string[];
  /** How often these bots have been started before. */
  readonly start: number;
  readonly perSecond: number;
  /** Where each bot keeps what it could not send; none is kept without it. */
  readonly spoolDir?: string;
  /** Where a bot writes down what was acknowledged. */
  readonly ledger: string;
}

export interface ConsumerSettings {
  readonly queue: QueueSettings;
  readonly clickhouse: string;
}
