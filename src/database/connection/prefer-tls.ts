import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { Client } from 'pg';

/** The parts of a client of node-postgres that its types omit. */
interface Connection extends EventEmitter {
  readonly stream: Socket;
  ssl: unknown;
  connect(port: number, host: string): void;
  attachListeners(stream: Socket): void;
}

/** A server's reply to the request for TLS if it does not offer it. */
const NOT_OFFERED = 'N';

/**
 * Lets a client that asks for TLS go on without it if the server does not offer it, as libpq does with
 * `sslmode=prefer`. The driver gives up instead.
 */
export function preferTls(client: Client): void {
  const { connection } = client as unknown as { connection: Connection };
  const connect = connection.connect.bind(connection);
  connection.connect = (port, host) => {
    connect(port, host);
    const { stream } = connection;
    const [driver] = stream.listeners('data') as ((reply: Buffer) => void)[];
    stream.removeListener('data', driver);
    stream.once('data', (reply: Buffer) => {
      if (reply.toString() !== NOT_OFFERED) {
        driver.call(stream, reply);
        return;
      }
      connection.ssl = false;
      connection.attachListeners(stream);
      connection.emit('sslconnect');
    });
  };
}
