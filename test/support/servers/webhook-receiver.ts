import { createServer, type IncomingHttpHeaders } from 'node:http';
import { endServer, listenOnLoopback } from './loopback.js';

/** A call as the receiver got it. */
export interface ReceivedCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Receives webhooks, and responds with the statuses it was given, 204 at last. */
export class WebhookReceiver {
  readonly received: ReceivedCall[] = [];
  readonly statuses: number[] = [];
  private readonly server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      this.received.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(this.statuses.shift() ?? 204, { location: '/elsewhere' }).end();
    });
  });

  async start(): Promise<string> {
    return `http://127.0.0.1:${await listenOnLoopback(this.server)}`;
  }

  async stop(): Promise<void> {
    await endServer(this.server);
  }
}
