import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import type { DomainError } from '../../errors/domain-error.js';
import { STATUS_OF_KIND } from '../problem/status-of-kind.js';
import { Admission, limitLoad, MAX_QUEUE_WAIT_AT_END_MS, MAX_WAIT_FOR_START_MS } from './admission.js';
import {
  MAX_QUEUE_WAIT_MS,
  MAX_QUEUED_BYTES,
  MAX_QUEUED_REQUESTS,
  MAX_UNREAD_WAIT_MS,
} from './request-queue.js';

const CAPACITY = 60;
const FULL = CAPACITY + MAX_QUEUED_REQUESTS;

/** Until what the requests so far have set in motion has happened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}

describe('admission', () => {
  let app: FastifyInstance;
  let admission: Admission;
  /** The requests whose service has begun, in this order. */
  let begun: string[];
  let finish: ((value: string) => void)[];

  beforeEach(() => {
    app = fastify({ bodyLimit: 2 * MAX_QUEUED_BYTES });
    admission = new Admission(CAPACITY);
    begun = [];
    finish = [];
    limitLoad(app, admission);
    app.setErrorHandler<DomainError>(({ kind, code }, _, reply) =>
      reply.status(STATUS_OF_KIND[kind]).send({ code }),
    );
    const work = async (request: FastifyRequest): Promise<string> => {
      begun.push(String(request.headers.name));
      return new Promise((resolve) => finish.push(resolve));
    };
    app.route({ method: ['GET', 'POST'], url: '/', handler: work });
    app.route({ method: 'POST', url: '/events::import', handler: work });
    app.route({ method: 'GET', url: '/health/live', handler: () => 'ok' });
  });
  afterEach(async () => app.close());

  async function get(name: string, url = '/'): Promise<{ status: number; code: string | undefined }> {
    const { statusCode, body } = await app.inject({ url, headers: { name } });
    return { status: statusCode, code: statusCode === 200 ? undefined : JSON.parse(body).code };
  }

  async function post(payload: string): Promise<number> {
    const headers = { 'content-type': 'application/json' };
    return (await app.inject({ method: 'POST', url: '/', headers, payload })).statusCode;
  }

  function send(count: number, from = 0): ReturnType<typeof get>[] {
    return Array.from({ length: count }, async (_, index) => get(String(from + index)));
  }

  /** Finishes requests as their service begins until none is left. */
  async function finishAll(): Promise<void> {
    await settled();
    while (finish.length > 0) {
      finish.shift()?.('done');
      if (finish.length === 0) await settled();
    }
  }

  test('lets requests wait in the order of their arrival, up to the length of the queue', async () => {
    const waiting = send(FULL);
    await settled();
    expect(begun).toHaveLength(CAPACITY);
    expect([admission.count, admission.queued]).toEqual([CAPACITY, MAX_QUEUED_REQUESTS]);
    expect(await get('beyond')).toEqual({ status: 503, code: 'overloaded' });
    expect((await get('probe', '/health/live')).status).toBe(200);
    expect(admission.shed).toBe(1);
    await finishAll();
    expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(begun).toEqual(Array.from({ length: FULL }, (_, index) => String(index)));
    expect([admission.count, admission.queued]).toEqual([0, 0]);
  });

  test.each([
    ['as many bytes as it may hold', 0, 200],
    ['one byte more', 1, 503],
  ])('lets bodies wait that have %s', async (_, beyond, expected) => {
    const waiting = send(CAPACITY);
    const payload = `"${'x'.repeat(MAX_QUEUED_BYTES / 2 - 2)}"`;
    await settled();
    const first = post(payload);
    await settled();
    const second = post(payload + ' '.repeat(beyond));
    await settled();
    await finishAll();
    expect([await first, await second]).toEqual([200, expected]);
    await Promise.all(waiting);
  });

  test('turns a request away that has waited for too long', async () => {
    const inService = send(CAPACITY);
    await settled();
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
    try {
      const waiting = get('waiting');
      await settled();
      jest.advanceTimersByTime(MAX_QUEUE_WAIT_MS - 1);
      await settled();
      expect([admission.queued, admission.shed]).toEqual([1, 0]);
      jest.advanceTimersByTime(1);
      expect(await waiting).toEqual({ status: 503, code: 'overloaded' });
      expect([admission.queued, admission.shed]).toEqual([0, 1]);
    } finally {
      jest.useRealTimers();
    }
    await finishAll();
    await Promise.all(inService);
  });

  test('refuses a request whose body is not read yet sooner, since the whole of it must arrive in time', async () => {
    const inService = send(CAPACITY);
    await settled();
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    try {
      const waiting = app.inject({ method: 'POST', url: '/events:import' });
      await settled();
      jest.advanceTimersByTime(MAX_UNREAD_WAIT_MS - 1);
      await settled();
      expect([admission.queued, admission.shed]).toEqual([1, 0]);
      jest.advanceTimersByTime(1);
      expect((await waiting).statusCode).toBe(503);
    } finally {
      jest.useRealTimers();
    }
    await finishAll();
    await Promise.all(inService);
  });

  test('lets requests wait for the start of the service, and serves them in their order', async () => {
    admission.start('starting');
    const waiting = send(CAPACITY + 5);
    await settled();
    expect([begun.length, admission.queued]).toEqual([0, CAPACITY + 5]);
    expect((await get('probe', '/health/live')).status).toBe(200);
    admission.open();
    await settled();
    expect([begun.length, admission.queued]).toEqual([CAPACITY, 5]);
    await finishAll();
    expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(begun).toEqual(Array.from({ length: CAPACITY + 5 }, (_, index) => String(index)));
  });

  test('refuses requests once the start takes too long', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
    try {
      admission.start('starting');
      const waiting = get('waiting');
      await settled();
      jest.advanceTimersByTime(MAX_WAIT_FOR_START_MS - 1);
      await settled();
      expect(admission.queued).toBe(1);
      jest.advanceTimersByTime(1);
      expect(await waiting).toEqual({ status: 503, code: 'database_unavailable' });
      expect(await get('later')).toEqual({ status: 503, code: 'database_unavailable' });
      expect(admission.shed).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  test.each([
    ['cannot go on', () => admission.hold('No database.'), 'database_unavailable'],
    ['ends', () => admission.drain(), 'shutting_down'],
  ])('refuses the requests that wait for the start when the service %s', async (_, change, code) => {
    admission.start('starting');
    const waiting = get('waiting');
    await settled();
    change();
    expect(await waiting).toEqual({ status: 503, code });
  });

  test('serves on when the process is about to end, and tells clients to close their connections', async () => {
    admission.leave();
    const response = app.inject('/');
    await settled();
    await finishAll();
    expect(await response).toMatchObject({ statusCode: 200, headers: { connection: 'close' } });
  });

  test('finishes what is in service and what waits when the process ends, and turns new requests away', async () => {
    const received = send(CAPACITY + 10);
    await settled();
    admission.drain();
    expect(await get('new')).toEqual({ status: 503, code: 'shutting_down' });
    await finishAll();
    expect(new Set((await Promise.all(received)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(admission.shed).toBe(0);
  });

  test('refuses those that still wait some seconds after the process began to end', async () => {
    const inService = send(CAPACITY);
    await settled();
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
    try {
      const waiting = get('waiting');
      await settled();
      admission.drain();
      jest.advanceTimersByTime(MAX_QUEUE_WAIT_AT_END_MS - 1);
      await settled();
      expect(admission.queued).toBe(1);
      jest.advanceTimersByTime(1);
      expect(await waiting).toEqual({ status: 503, code: 'shutting_down' });
      expect(admission.shed).toBe(0);
    } finally {
      jest.useRealTimers();
    }
    await finishAll();
    expect(new Set((await Promise.all(inService)).map(({ status }) => status))).toEqual(new Set([200]));
  });

  test('forgets a waiting request whose client hangs up, and counts one in service until its work ends', async () => {
    const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    const hangUp = async (name: string, until: () => boolean): Promise<void> => {
      const socket = connect(Number(address.port), address.hostname);
      socket.write(`GET / HTTP/1.1\r\nHost: a\r\nName: ${name}\r\n\r\n`);
      while (!until()) await settled();
      socket.destroy();
      await once(socket, 'close');
    };
    await hangUp('impatient', () => begun.length === 1);
    const others = send(CAPACITY - 1);
    await settled();
    await hangUp('waiting', () => admission.queued === 1);
    while (admission.queued > 0) await settled();
    const last = get('last');
    await settled();
    expect(admission.count).toBe(CAPACITY);
    finish.shift()?.('too late');
    while (begun.at(-1) !== 'last') await settled();
    expect(begun).not.toContain('waiting');
    await finishAll();
    expect((await last).status).toBe(200);
    await Promise.all(others);
    expect(admission.count).toBe(0);
  });
});
