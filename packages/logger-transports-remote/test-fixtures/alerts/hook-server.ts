import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface HookRequest {
  readonly path: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Record<string, unknown>;
  readonly atMs: number;
}

export interface HookAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** A real HTTP server on loopback: keeps what it was sent, and answers from a list, then as the last time. */
export class HookServer {
  readonly requests: HookRequest[] = [];
  readonly #server: Server;
  #answers: HookAnswer[];

  constructor(...answers: HookAnswer[]) {
    this.#answers = answers;
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
        this.requests.push({ path: request.url ?? '', headers: request.headers, body, atMs: performance.now() });
        const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
        const { status, headers = {}, body: text } = answer ?? { status: 200 };
        response.writeHead(status, headers).end(text === undefined ? '' : JSON.stringify(text));
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
