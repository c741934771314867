import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Service } from '../scheduling/service.js';
import { megabytes } from './megabytes.js';
import { fileOf } from './simple-events.js';

/** As many simple events as a subscribed calendar may have bytes. */
const EVENTS = 20_000;
const MAX_BYTES = 16 * 2 ** 20;

/** A user whom the other parts of the benchmark leave alone. */
const USER = 89;

interface Subscription {
  readonly id: number;
  readonly last_success_at: string | null;
  readonly last_error: string | null;
}

/** Subscribes to the largest calendar, and measures the fetch and the memory of a fresh service. */
export async function memoryOfSubscription(databaseUrl: string): Promise<string> {
  const file = largestFile();
  const server = createServer((_, response) => response.end(file)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // The service fetches from this machine.
  process.env.WEBHOOK_ALLOW_PRIVATE = 'true';
  const service = await Service.start(databaseUrl);
  try {
    const { now: idle } = await service.memory();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/calendar.ics`;
    const begun = performance.now();
    const { id } = await service.post<Subscription>(`/users/${USER}/calendar-subscriptions`, { url });
    await fetched(service, id);
    const ms = Math.round(performance.now() - begun).toLocaleString('en-US');
    const { most } = await service.memory();
    return `A subscription to a calendar of ${megabytes(file.length)} and ${EVENTS.toLocaleString('en-US')} events: ${ms} ms. Memory of a fresh process: ${megabytes(idle)} before, at most ${megabytes(most)}.`;
  } finally {
    await service.stop();
    server.close();
  }
}

/** A file of `MAX_BYTES`, whose events have long descriptions. */
function largestFile(): Buffer {
  const plain = fileOf(EVENTS, 'subscribed');
  const longer = Math.floor((MAX_BYTES - plain.length) / EVENTS / 65) * 65;
  const lines = `\r\n ${'x'.repeat(62)}`.repeat(longer / 65);
  return Buffer.from(plain.replaceAll('The notes of the meeting', `The notes of the meeting${lines}`));
}

async function fetched(service: Service, id: number): Promise<void> {
  for (;;) {
    const text = await service.get(`/calendar-subscriptions/${id}`);
    const { last_success_at: success, last_error: error } = JSON.parse(text) as Subscription;
    if (error !== null) throw new Error(error);
    if (success !== null) return;
    await sleep(100);
  }
}
