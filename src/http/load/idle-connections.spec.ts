import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { fastify } from 'fastify';
import { Admission } from './admission.js';
import { closeIdleConnections } from './idle-connections.js';

test('the end of the service waits for a response that has begun, and closes its connection then', async () => {
  const app = fastify();
  closeIdleConnections(app, new Admission(1));
  const begun = new Promise<ServerResponse>((resolve) => {
    app.get('/', (_, reply) => {
      reply.hijack();
      reply.raw.write('begun, ');
      resolve(reply.raw);
    });
  });
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  const busy = await open(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  const idle = await open(port, 'GET / HT');
  const response = await begun;
  const closed = app.close();
  await once(idle.socket, 'close');
  expect(busy.socket.closed).toBe(false);
  response.end('and ended');
  await once(busy.socket, 'close');
  expect(busy.received()).toMatch(/\r\nConnection: keep-alive\r\n.*begun, .*and ended/s);
  await closed;
});

async function open(port: string, text: string): Promise<{ socket: Socket; received: () => string }> {
  const socket = connect(Number(port), '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk.toString();
  });
  await once(socket, 'connect');
  socket.write(text);
  return { socket, received: () => received };
}
