declare module 'snappyjs' {
  export function uncompress(bytes: Buffer): Buffer;
}

declare module '@opentelemetry/otlp-transformer/build/src/generated/root' {
  interface ProtobufType {
    toObject(message: object, options: object): Record<string, unknown>;
    decode(bytes: Uint8Array): object;
    encode(message: object): { finish(): Uint8Array };
  }
  type Messages = Record<'ExportLogsServiceRequest' | 'ExportLogsServiceResponse', ProtobufType>;
  export const opentelemetry: { proto: { collector: { logs: { v1: Messages } } } };
}
