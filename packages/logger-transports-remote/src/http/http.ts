import { type DestinationOptions, withPlugin } from '@metaexpert/logger-core';
import { defineRemote } from '../plugin/define-remote';
import { checkAuth } from './auth';
import { type BodyKind, type BodyTemplate, encodeArray, encodeLines, encodeTemplate } from './encode-batch';
import { HTTP_SCHEMA, HTTP_SCHEMES, type HttpCommonOptions, httpTransport } from './http-options';

/** Options of an `http` destination. */
export interface HttpOptions extends HttpCommonOptions {
  /** @default 'POST' */
  method?: string;
  /** @default 'template' when there is one, else 'array' */
  body?: BodyKind;
  template?: BodyTemplate;
  /** @default application/json, or application/x-ndjson for lines */
  contentType?: string;
}

const text = { type: 'string' };

/** What `type: 'http'` in plain configuration means. */
export const httpPlugin = defineRemote<HttpOptions>({
  type: 'http',
  schemes: HTTP_SCHEMES,
  schema: {
    ...HTTP_SCHEMA,
    method: { type: 'string', pattern: '^[A-Z]+$', description: 'an HTTP method: capital letters' },
    body: { enum: ['array', 'lines', 'template'] },
    template: {
      type: 'object',
      properties: { record: text, join: text, start: text, end: text },
      required: ['record'],
      additionalProperties: false,
    },
    contentType: { type: 'string', minLength: 1 },
  },
  check: ({ auth, body, template }) => [
    ...checkAuth(auth),
    ...(body === 'template' && template === undefined
      ? [{ path: 'template', message: `is missing beside body: 'template'` }]
      : []),
  ],
  create: (options, parts) => {
    const { method = 'POST', template } = options;
    const body = options.body ?? (template === undefined ? 'array' : 'template');
    const contentType = options.contentType ?? (body === 'lines' ? 'application/x-ndjson' : 'application/json');
    return httpTransport(options, parts, {
      request: (batch) => ({
        method,
        headers: { 'Content-Type': contentType },
        body:
          body === 'array'
            ? encodeArray(batch)
            : body === 'lines'
              ? encodeLines(batch)
              : encodeTemplate(batch, template ?? { record: '{{payload}}' }),
      }),
    });
  },
});

/**
 * Posts records to a URL.
 *
 * @example
 * createLogger({ destinations: [http({ url: 'https://logs.example.com/in', body: 'lines', compression: 'gzip' })] });
 */
export function http(options: HttpOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'http' }, httpPlugin);
}
