import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';
import { endServer, listenOnLoopback } from './loopback.js';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Responds to one request. */
export type Reply = (response: ServerResponse, request: ReceivedRequest) => void;

/** Stands for a service, or a proxy before one, that responds by its script: a reply for each request, in order. */
export interface ScriptedServer {
  readonly url: string;
  readonly received: readonly ReceivedRequest[];
  close(): Promise<void>;
}

export async function startScriptedServer(...script: Reply[]): Promise<ScriptedServer> {
  const received: ReceivedRequest[] = [];
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, headers, body: await text(request) };
    received.push(one);
    (script.shift() ?? status(500))(response, one);
  }
  const server = createServer((request, response) => void respond(request, response));
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: async () => endServer(server),
  };
}

export function status(code: number, headers: OutgoingHttpHeaders = {}, body = ''): Reply {
  return (response) => response.writeHead(code, headers).end(body);
}

export function json(body: unknown): Reply {
  return status(200, { 'content-type': 'application/json' }, JSON.stringify(body));
}

/** Ends the connection without a response. */
export function hangUp(response: ServerResponse): void {
  response.destroy();
}

/** Ends the connection in the middle of the body. */
export function cutOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
  response.write('{"id": ', () => response.destroy());
}
