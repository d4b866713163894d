declare module 'glossy' {
  export interface SyslogMessage {
    readonly facility: string;
    readonly facilityID: number;
    readonly severityID: number;
    readonly type: string;
    readonly time: Date;
    readonly host: string | null;
    readonly appName: string | null;
    readonly pid: string | null;
    readonly msgID: string | null;
    readonly structuredData?: Record<string, Record<string, string>>;
    readonly message: string;
  }
  export const Parse: { parse(message: string): SyslogMessage };
}

declare module 'nsyslog-parser' {
  interface ParsedLine {
    readonly type: string;
    readonly prival: number;
    readonly ts: Date;
    readonly host: string;
    readonly appName: string;
    readonly pid: string;
    readonly messageid: string;
    readonly structuredData: readonly Record<string, string>[];
    readonly message: string;
    readonly cef: Record<string, string>;
    readonly fields: Record<string, string>;
  }
  function parse(line: string): ParsedLine;
  // eslint-disable-next-line no-restricted-syntax -- it is how this package exports
  export = parse;
}

declare module 'logfmt' {
  export function parse(line: string): Record<string, string | boolean | null>;
}

declare module 'graygelf/server' {
  interface GelfServer {
    listen(port: number, address: string): GelfServer;
    on(event: 'message', listener: (message: Record<string, unknown>) => void): GelfServer;
    close(): void;
    unref(): void;
  }
  function createServer(): GelfServer;
  // eslint-disable-next-line no-restricted-syntax -- it is how this package exports
  export = createServer;
}

declare module '@opentelemetry/otlp-transformer/build/src/generated/root' {
  interface ProtobufType {
    verify(message: object): string | null;
    fromObject(message: object): object;
    toObject(message: object, options?: object): Record<string, unknown>;
    encode(message: object): { finish(): Uint8Array };
    decode(bytes: Uint8Array): object;
  }
  export const opentelemetry: {
    proto: { collector: { logs: { v1: { ExportLogsServiceRequest: ProtobufType } } } };
  };
}
