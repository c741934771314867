import { setTimeout as sleep } from 'node:timers/promises';
import type { Event } from '../../../clients/typescript/src/schema.js';
import type { ServiceResponse } from '../client/client.js';
import { Random } from './random.js';
import { AcknowledgedWrites } from './writes/acknowledged-writes.js';
import { KnownCalendars } from './writes/known-calendars.js';
import { KnownEvents } from './writes/known-events.js';
import { WRITE_OPERATIONS } from './writes/operations.js';
import type { Write, WrittenOutcome } from './writes/write.js';
import type { WrittenWorld } from './written-world.js';

/** Statuses of requests that may or may not have changed something. */
const LOST_STATUSES = new Set([502, 503]);

/** The pause of a writer whose request got no response. */
const RECOVERY_MS = 50;

/** Statuses of requests that came too late for an event, or that the state of the event forbids. */
const REFUSED_STATUSES = new Set([400, 403, 404, 409]);

export interface Writers {
  readonly written: AcknowledgedWrites;
  /** Whether the service acknowledged each operation so often. */
  haveDoneEach(times: number): boolean;
  /** Waits until the last request of each writer has ended. @throws if a writer failed */
  finish(): Promise<void>;
}

/**
 * Lets so many writers change the events of a world at random, each one request after the other. Each writer goes through
 * all operations in a random order, again and again. They work on the same events, so their requests meet.
 */
export function startWriters(world: WrittenWorld, writers: number, seed: number): Writers {
  const written = new AcknowledgedWrites();
  const known = { events: new KnownEvents(), calendars: new KnownCalendars() };
  const stopping = new AbortController();
  const running = Promise.all(
    Array.from({ length: writers }, async (_, index) =>
      new Writer(world, known, written, index, new Random(seed + index)).run(stopping.signal),
    ),
  ).finally(() => stopping.abort());
  // `finish` reports the failure.
  running.catch(() => undefined);
  return {
    written,
    haveDoneEach: (times) =>
      stopping.signal.aborted ||
      Object.keys(WRITE_OPERATIONS).every((name) => (written.successes.get(name) ?? 0) >= times),
    finish: async () => {
      stopping.abort();
      await running;
    },
  };
}

class Writer {
  private requests = 0;

  constructor(
    private readonly world: WrittenWorld,
    private readonly known: { readonly events: KnownEvents; readonly calendars: KnownCalendars },
    private readonly written: AcknowledgedWrites,
    private readonly index: number,
    private readonly random: Random,
  ) {}

  async run(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      for (const [name, operation] of this.random.some(Object.entries(WRITE_OPERATIONS))) {
        if (stopping.aborted) break;
        this.requests += 1;
        const word = `Writer ${this.index}, request ${this.requests}`;
        const { world, random } = this;
        const { events, calendars } = this.known;
        const write = operation({ world, known: events, calendars, random, word });
        if (write) await this.send(name, write);
      }
    }
  }

  private async send(name: string, { caller, method, path, body, concerns, done }: Write): Promise<void> {
    const response = await caller.send(method, path, body).catch(() => null);
    if (response === null || LOST_STATUSES.has(response.status)) {
      this.written.lose(concerns);
      await sleep(RECOVERY_MS);
      return;
    }
    if (response.status < 300) {
      const outcome = done(response.body);
      this.written.acknowledge(name, outcome.changes);
      await this.learn(outcome);
      return;
    }
    const { code } = response.body as { readonly code?: string };
    if (!REFUSED_STATUSES.has(response.status))
      throw new Error(`${name}, ${method} ${path}: ${response.status} ${JSON.stringify(response.body)}`);
    this.written.refuse(name, `${response.status} ${code}`);
    // The event is not as the writer knows it.
    if (concerns !== 'any') await this.read(concerns);
  }

  private async learn({ events = [], unread = [], deleted = [], calendar }: WrittenOutcome): Promise<void> {
    for (const event of events) this.known.events.note(event);
    for (const id of deleted) this.known.events.forget(id);
    if (calendar) this.known.calendars.note(calendar);
    await this.read(unread);
  }

  private async read(ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      const response: ServiceResponse | null = await this.world.backend
        .get(`/events/${id}`)
        .catch(() => null);
      if (response?.status === 200) this.known.events.note(response.body as Event);
      if (response?.status === 404) this.known.events.forget(id);
    }
  }
}
