import { ComplianceError } from '../errors';
import { hashToBase64, sha256 } from './sha256';
import { encodeTimeStampRequest, readTimeStampResponse } from './time-stamp';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 262_144;

/**
 * Gets a token over a note from a time-stamp authority by HTTP (RFC 3161, section 3.4): its answer as it came, in base64.
 *
 * @throws ComplianceError `MXL_SEAL_TIMESTAMP_FAILED`
 */
export async function askTimeStamp(url: string, note: string, signal: AbortSignal): Promise<string> {
  const bytes = Buffer.from(note);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: new Uint8Array(encodeTimeStampRequest(bytes)),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    const answer = Buffer.from(await response.arrayBuffer());
    if (answer.length > MAX_BYTES) throw new Error(`an answer of ${answer.length} bytes`);
    if (readTimeStampResponse(answer).hash !== hashToBase64(sha256(bytes)))
      throw new Error('a token over something else');
    return answer.toString('base64');
  } catch (thrown) {
    const why = (thrown as Error).message;
    throw new ComplianceError('MXL_SEAL_TIMESTAMP_FAILED', `no time-stamp token from ${url}: ${why}`, thrown);
  }
}
