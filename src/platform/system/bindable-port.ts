import { once } from 'node:events';
import { createServer } from 'node:net';

/** The port, or any free one for 0, if it can be listened on; rejects with the reason where it cannot. */
export async function bindablePort(port: number, host: string): Promise<number> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : port;
}
