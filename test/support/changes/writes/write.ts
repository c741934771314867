import type { Event } from '../../../../clients/typescript/src/schema.js';
import type { Client } from '../../client/client.js';
import type { Random } from '../random.js';
import type { WrittenWorld } from '../written-world.js';
import type { KnownCalendars } from './known-calendars.js';
import type { KnownEvents } from './known-events.js';

/** What an acknowledged request did to one event: one row of the log. */
export interface WrittenChange {
  readonly eventId: number;
  /** The version after the change; null: the response does not have it. */
  readonly version: number | null;
  /** False: the event may have been so already. */
  readonly certain: boolean;
}

/** A request that changes events. */
export interface Write {
  readonly caller: Client;
  readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** The events that the request may change, without new ones; `any`: it is not known which, each once at most. */
  readonly concerns: readonly number[] | 'any';
  /** What a success did, from the body of its response. */
  readonly done: (body: unknown) => WrittenOutcome;
}

export interface WrittenOutcome {
  /** `any`: it is not known which events changed, each once at most. */
  readonly changes: readonly WrittenChange[] | 'any';
  /** The events as the response has them. */
  readonly events?: readonly Event[];
  /** Events that the writers must read, since the response does not have them. */
  readonly unread?: readonly number[];
  readonly deleted?: readonly number[];
  /** A new calendar. */
  readonly calendar?: { readonly id: number; readonly userId: number };
}

/** What an operation may use. */
export interface Draft {
  readonly world: WrittenWorld;
  readonly known: KnownEvents;
  readonly calendars: KnownCalendars;
  readonly random: Random;
  /** A text that no other request has. A request with it always changes the event. */
  readonly word: string;
}

/** Makes a request; null: no known event suits. */
export type WriteOperation = (draft: Draft) => Write | null;

/** The change that a response with the event acknowledges. */
export function changedTo({ id, version }: Event, certain = true): WrittenChange {
  return { eventId: id, version, certain };
}

/** A change of an event whose version the response does not have. */
export function changedBlindly(eventId: number, certain = true): WrittenChange {
  return { eventId, version: null, certain };
}
