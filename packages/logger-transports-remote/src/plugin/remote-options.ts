import { type CommonDestinationOptions } from '@metaexpert/logger-core';
import { DEAD_LETTER_SCHEMA, type DeadLetterOptions } from '../delivery/dead-letters';
import { type Oversized } from '../delivery/halving-transport';
import { TLS_SCHEMA, type TlsOptions } from '../net/tls-options';

/** What every remote destination takes, beside the options common to all destinations. */
export interface RemoteOptions extends CommonDestinationOptions {
  /** Where to; the scheme says how. */
  url: string;
  tls?: TlsOptions;
  /**
   * An HTTP proxy: `http://user:password@proxy:3128` or `https://…`; false for none.
   *
   * @default for http(s) URLs what `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say; for all others none
   */
  proxy?: string | false;
  /** Where records go that the server will never take. @default nowhere: they are counted and reported */
  deadLetters?: DeadLetterOptions;
  /** What becomes of one record that is too large for the server. @default 'reject' */
  oversized?: Oversized;
  /** How often a record may make the server fail alone, while others pass, before it is rejected. @default { tries: 10 } */
  quarantine?: { tries: number };
  /** Requests at once; more than one gives up the order of the records. @default 1 */
  concurrency?: number;
}

/** The schema of {@link RemoteOptions} but for the common keys. */
export const REMOTE_SCHEMA = {
  url: { type: 'string', minLength: 1 },
  tls: TLS_SCHEMA,
  proxy: { anyOf: [{ const: false }, { type: 'string', minLength: 1 }] },
  deadLetters: DEAD_LETTER_SCHEMA,
  oversized: { enum: ['cut', 'reject'] },
  quarantine: {
    type: 'object',
    properties: { tries: { type: 'integer', minimum: 1 } },
    required: ['tries'],
    additionalProperties: false,
  },
  concurrency: { type: 'integer', minimum: 1, maximum: 64 },
};
