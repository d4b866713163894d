/** Where @opentelemetry/api 1.x keeps what is registered with it, so that several copies of it are one. */
const API = Symbol.for('opentelemetry.js.api.1');
/** The key of the active span in a context of it. */
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN');
/** What it calls an invalid trace (W3C Trace Context, section 3.2.2.3). */
const NO_TRACE = /^0*$/;

/** Where a record belongs in a trace. */
interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
}

interface OpenTelemetry {
  readonly context?: { active(): { getValue(key: symbol): { spanContext?(): Partial<SpanIds> } | undefined } };
}

/** Tells the active span of the running code, if there is one. Never throws. */
export type SpanReader = () => SpanIds | undefined;

/**
 * A reader of OpenTelemetry's active span; undefined while `@opentelemetry/api` has not been loaded. Nothing is
 * imported: the API is found where it registers itself.
 */
export function findSpanReader(): SpanReader | undefined {
  const api = (globalThis as { [API]?: OpenTelemetry })[API];
  return api === undefined ? undefined : () => readSpan(api);
}

function readSpan({ context }: OpenTelemetry): SpanIds | undefined {
  try {
    const { traceId, spanId } = context?.active().getValue(SPAN)?.spanContext?.() ?? {};
    if (traceId === undefined || spanId === undefined || NO_TRACE.test(traceId)) return undefined;
    return { traceId, spanId };
  } catch {
    // Somebody else's context manager: tracing that fails must not cost the record.
    return undefined;
  }
}
