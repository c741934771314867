import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { listenOnLoopback } from './loopback.js';

/** A message as the server took it. */
export interface ReceivedEmail {
  readonly to: string;
  readonly header: (name: string) => string | null;
  readonly text: string;
}

/** A server that takes mail (RFC 5321), or refuses it for now as often as it is told to. */
export class SmtpServer {
  readonly received: ReceivedEmail[] = [];
  refusals = 0;
  private readonly server = createServer((socket) => this.converse(socket));

  async start(): Promise<string> {
    return `smtp://127.0.0.1:${await listenOnLoopback(this.server)}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }

  private converse(socket: Socket): void {
    let to = '';
    let message: string | null = null;
    let rest = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    const hear = (line: string) => {
      if (message !== null) {
        if (line !== '.') {
          message += `${line}\r\n`;
          return;
        }
        this.received.push(parse(to, message));
        message = null;
        say('250 taken');
      } else if (/^EHLO/i.test(line)) say('250 test');
      else if (/^RCPT TO/i.test(line)) {
        to = /<(.*)>/.exec(line)?.[1] ?? '';
        this.refusals -= 1;
        say(this.refusals >= 0 ? '451 not now' : '250 ok');
      } else if (/^DATA/i.test(line)) {
        message = '';
        say('354 go on');
      } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
      else say('250 ok');
    };
    socket.setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => {
      const lines = `${rest}${chunk}`.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hear(line);
    });
    say('220 test');
  }
}

function parse(to: string, message: string): ReceivedEmail {
  const end = message.indexOf('\r\n\r\n');
  const headers = message.slice(0, end).replace(/\r\n\s+/g, ' ');
  return {
    to,
    header: (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1] ?? null,
    text: message.slice(end + 4).replaceAll('\r\n', '\n'),
  };
}
