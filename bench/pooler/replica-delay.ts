import { setTimeout as sleep } from 'node:timers/promises';
import { instant, someone } from '../load/requests.js';

const EVENTS = 100;
const PAUSE_MS = 20;

/** Milliseconds. */
export interface ReplicaDelay {
  readonly median: number;
  readonly longest: number;
}

/**
 * Measures the time from the response to a creation until the list of another instance has the event. The last list counts
 * as a whole, so a replica without a delay has the time of a list.
 */
export async function replicaDelay(writer: string, reader: string): Promise<ReplicaDelay> {
  const delays: number[] = [];
  while (delays.length < EVENTS) {
    const [organizer, start] = [someone(), instant(delays.length)];
    const event = { title: 'Planning', start_date: start, duration: 3600, organizer_user_id: organizer };
    const { id } = (await json(`${writer}/events`, event)) as Identified;
    const began = performance.now();
    while (!(await lists(`${reader}/users/${organizer}/events?from=${start}&to=${start}`, id)));
    delays.push(performance.now() - began);
    await sleep(PAUSE_MS);
  }
  const sorted = delays.toSorted((a, b) => a - b);
  return { median: sorted[EVENTS / 2] ?? NaN, longest: sorted.at(-1) ?? NaN };
}

interface Identified {
  readonly id: number;
}

async function lists(url: string, id: number): Promise<boolean> {
  const listed = (await json(url)) as readonly Identified[];
  return listed.some((event) => event.id === id);
}

async function json(url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}
