import { createServer, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { endServer, listenOnLoopback } from './loopback.js';

/** A proxy that serves another server under a path. */
export interface PathProxy {
  /** The address for clients, without a slash at its end. */
  readonly url: string;
  leadTo(url: string): Promise<void> | void;
  close(): Promise<void>;
}

/**
 * Starts a proxy that strips `path` and speaks to the server as nginx does without further settings: HTTP/1.0, a
 * connection for each request, and the server's own address as `Host`.
 */
export async function startPathProxy(path: string): Promise<PathProxy> {
  let target: URL | null = null;
  const server = createServer((request, response) => {
    if (target === null || !request.url?.startsWith(`${path}/`)) {
      response.writeHead(404).end('This path is not of the service.');
      return;
    }
    forward(request, request.url.slice(path.length), target).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => response.writeHead(502).end(String(error)),
    );
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}${path}`,
    leadTo: (url) => {
      target = new URL(url);
    },
    close: async () => endServer(server),
  };
}

interface RawResponse {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

async function forward(request: IncomingMessage, path: string, target: URL): Promise<RawResponse> {
  const body = await buffer(request);
  const { host: _host, connection: _connection, 'transfer-encoding': _coding, ...headers } = request.headers;
  const sent = { ...headers, host: target.host, connection: 'close', 'content-length': body.length };
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${String(value)}`);
  const socket = connect(Number(target.port), target.hostname);
  socket.write(`${request.method} ${path} HTTP/1.0\r\n${lines.join('\r\n')}\r\n\r\n`);
  socket.write(body);
  return parsed(await text(socket));
}

/** @throws {Error} if the response has a part that HTTP/1.0 does not have */
function parsed(response: string): RawResponse {
  const [head, ...rest] = response.split('\r\n\r\n');
  const [statusLine, ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [name, ...value] = line.split(': ');
      return [name.toLowerCase(), value.join(': ')];
    }),
  );
  if (headers['transfer-encoding'] !== undefined) throw new Error('HTTP/1.0 knows no Transfer-Encoding.');
  const { connection: _connection, 'content-length': _length, ...kept } = headers;
  return { status: Number(statusLine.split(' ')[1]), headers: kept, body: rest.join('\r\n\r\n') };
}
