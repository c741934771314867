import type { EventTimesRow } from '../../scheduling/series.js';
import type { Event } from '../store/event.entity.js';
import type { Answer, AttendeeStatus } from './event-words.js';

/** The version of an event that has not changed since its creation. */
export const FIRST_VERSION = 1;

/** An attendee as read with the event; times are ISO 8601 text, since they come within JSON. */
export interface AttendeeRecord {
  readonly userId: number;
  readonly inviteId: number | null;
  readonly status: AttendeeStatus;
  readonly comment: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly protected: boolean;
  readonly name: string;
  /** Null: the viewer does not see the user. */
  readonly email: string | null;
  readonly userCreatedAt: string;
  readonly userUpdatedAt: string;
}

/** What an invitee answered to one occurrence. */
export interface OccurrenceAnswerRecord {
  readonly userId: number;
  readonly originalStart: string;
  readonly status: Answer;
  readonly comment: string | null;
}

/** An event with its attendees, the organizer first, and the overrides of its occurrences: one query's row. */
export interface EventRecord extends EventTimesRow, Omit<Event, 'organizer' | 'span' | keyof EventTimesRow> {
  readonly attendees: readonly AttendeeRecord[];
  /** How many attend; absent: `attendees` holds all of them. */
  readonly attendeeCount?: number;
  readonly answers: readonly OccurrenceAnswerRecord[];
}
