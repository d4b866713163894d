import { type ConfigIssue } from '@metaexpert/logger-core';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

/** How a connection is protected. Certificates and keys are PEM text, or paths of files that are read again when they change. */
export interface TlsOptions {
  /** Whom to trust, in place of Node's own list. */
  ca?: string | readonly string[];
  /** Client certificate, with its chain. */
  cert?: string;
  /** Key of `cert`. */
  key?: string;
  /** Of an encrypted `key`. */
  passphrase?: string;
  /** The name that the server's certificate must have. @default the URL's host */
  servername?: string;
  /** @default 'TLSv1.2' */
  minVersion?: 'TLSv1.2' | 'TLSv1.3';
  /**
   * Base64 SHA-256 digests of public keys (RFC 7469 section 2.4), with or without `sha256/`: one of them must be in the
   * server's chain, beside all other checks.
   */
  pins?: readonly string[];
  /**
   * Whether any certificate of any server is taken. Whoever sits between then reads and changes everything; warns at each
   * start. @default false
   */
  dangerouslyAcceptAnyCertificate?: boolean;
}

const text = { type: 'string', minLength: 1 };

export const TLS_SCHEMA = {
  type: 'object',
  properties: {
    ca: { anyOf: [text, { type: 'array', items: text }] },
    cert: text,
    key: text,
    passphrase: text,
    servername: text,
    minVersion: { enum: ['TLSv1.2', 'TLSv1.3'] },
    pins: {
      type: 'array',
      items: {
        type: 'string',
        pattern: '^(sha256/)?[A-Za-z0-9+/]{43}=$',
        description: 'a SHA-256 in base64: 44 characters, sha256/ before them if you like',
      },
    },
    dangerouslyAcceptAnyCertificate: { type: 'boolean' },
  },
  additionalProperties: false,
};

export function isPem(value: string): boolean {
  return value.includes('-----BEGIN ');
}

/** Mistakes in TLS options that can be seen before a connection is made: files that cannot be read, a key of another certificate. */
export function checkTls(tls: TlsOptions): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const read = (key: string, value: string): string => {
    if (isPem(value)) return value;
    try {
      const content = readFileSync(value, 'utf8');
      if (!isPem(content)) issues.push({ path: `tls.${key}`, message: `'${value}' holds no PEM text` });
      return content;
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      issues.push({ path: `tls.${key}`, message: `'${value}' cannot be read (${code ?? 'unknown'})` });
      return '';
    }
  };
  const ca = tls.ca === undefined ? undefined : [tls.ca].flat().map((one) => read('ca', one));
  const cert = tls.cert === undefined ? undefined : read('cert', tls.cert);
  const key = tls.key === undefined ? undefined : read('key', tls.key);
  if (cert !== undefined && key === undefined) issues.push({ path: 'tls.key', message: 'is missing beside tls.cert' });
  if (key !== undefined && cert === undefined) issues.push({ path: 'tls.cert', message: 'is missing beside tls.key' });
  if (issues.length > 0) return issues;
  try {
    createSecureContext({ ca, cert, key, passphrase: tls.passphrase });
  } catch (thrown) {
    issues.push({ path: 'tls', message: `cannot be used: ${(thrown as Error).message}` });
  }
  return issues;
}
