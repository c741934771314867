import { connect, createServer, type Socket } from 'node:net';
import { listenOnLoopback } from './loopback.js';

/** An address that can be made to lead to another server, as a name does after a failover. */
export interface TcpProxy {
  /** The address of a database, by way of the proxy. */
  urlOf(url: string): string;
  /** Lets new connections lead elsewhere; connections that are open stay where they are. */
  leadTo(url: string): void;
  /** Ends all connections. */
  cut(): void;
  close(): Promise<void>;
}

export async function startTcpProxy(first: string): Promise<TcpProxy> {
  let target = new URL(first);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy()).on('close', () => sockets.delete(from));
    }
  });
  const port = await listenOnLoopback(server);
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    urlOf: (url) => {
      const address = new URL(url);
      address.port = String(port);
      return address.href;
    },
    leadTo: (url) => {
      target = new URL(url);
    },
    cut,
    close: async () => {
      cut();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
