import type { WrittenChange } from './write.js';

/** What the service acknowledged of the changes of one event. */
export interface AcknowledgedEvent {
  /** The versions that responses had. */
  readonly versions: Set<number>;
  /** The number of transactions that changed the event. */
  certain: number;
  /** The number of those that may have changed it: requests without a response, and those that may have had no effect. */
  possible: number;
}

/** The record that the writers keep of their requests. */
export class AcknowledgedWrites {
  readonly events = new Map<number, AcknowledgedEvent>();
  /** The acknowledged requests of each operation. */
  readonly successes = new Map<string, number>();
  /** Refused requests, by operation and code. */
  readonly refusals = new Map<string, number>();
  /** Requests without a response, or with a 502 or 503. */
  lost = 0;
  /** Requests that may each have changed any event once. */
  ofAny = 0;

  acknowledge(operation: string, changes: readonly WrittenChange[] | 'any'): void {
    increment(this.successes, operation);
    if (changes === 'any') {
      this.ofAny += 1;
      return;
    }
    for (const { eventId, version, certain } of changes) {
      const event = this.of(eventId);
      if (version !== null) event.versions.add(version);
      if (certain) event.certain += 1;
      else event.possible += 1;
    }
  }

  refuse(operation: string, code: string): void {
    increment(this.refusals, `${operation}: ${code}`);
  }

  lose(eventIds: readonly number[] | 'any'): void {
    this.lost += 1;
    if (eventIds === 'any') this.ofAny += 1;
    else for (const eventId of eventIds) this.of(eventId).possible += 1;
  }

  private of(eventId: number): AcknowledgedEvent {
    const event = this.events.get(eventId) ?? { versions: new Set(), certain: 0, possible: 0 };
    this.events.set(eventId, event);
    return event;
  }
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
