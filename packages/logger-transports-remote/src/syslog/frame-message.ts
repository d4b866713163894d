/** How messages are told apart in a stream: RFC 6587, sections 3.4.1 and 3.4.2. */
export type Framing = 'octet' | 'newline';

/** `LENGTH MESSAGE`, or a line. A line break inside of a line becomes `#012`, as receivers write it. */
export function frameMessage(message: string, framing: Framing): string {
  if (framing === 'octet') return `${Buffer.byteLength(message)} ${message}`;
  return `${message.replaceAll('\n', '#012')}\n`;
}
