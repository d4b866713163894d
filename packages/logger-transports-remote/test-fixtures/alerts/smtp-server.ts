import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** Takes mail as RFC 5321 has it, and keeps it. */
export class SmtpServer {
  readonly mails: string[] = [];
  /** What it says to RCPT. */
  recipient = '250 OK';
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((socket) => this.#talk(socket));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #talk(socket: Socket): void {
    this.#sockets.add(socket);
    const say = (line: string): boolean => socket.write(`${line}\r\n`);
    let text = '';
    let inData = false;
    say('220 test');
    socket.on('data', (chunk) => {
      text += chunk.toString();
      for (
        let end = text.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        end >= 0;
        end = text.indexOf(inData ? '\r\n.\r\n' : '\r\n')
      ) {
        // prettier-ignore
        const part = text.slice(0, end);
        text = text.slice(end + (inData ? 5 : 2));
        if (inData) {
          this.mails.push(part);
          inData = false;
          say('250 OK');
        } else if (part.startsWith('RCPT')) say(this.recipient);
        else if (part === 'DATA') {
          inData = true;
          say('354 go on');
        } else say(part === 'QUIT' ? '221 bye' : '250 OK');
      }
    });
    socket.on('error', () => socket.destroy());
  }
}
