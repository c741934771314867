import type {
  AttendeeRecord,
  GuestAnswerRecord,
  GuestRecord,
  OccurrenceAnswerRecord,
  OverrideRecord,
  PartialEventRecord,
} from '../model/event-record.js';
import { Columns, columnsOfEntity } from './columns.js';
import { Attendee } from './entities/attendee.entity.js';
import { Event } from './entities/event.entity.js';
import { Guest } from './entities/guest.entity.js';
import { GuestAnswer } from './entities/guest-answer.entity.js';
import { OccurrenceAnswer } from './entities/occurrence-answer.entity.js';
import { OccurrenceOverride } from './entities/occurrence-override.entity.js';
import type { OverrideRow, SeriesRow } from './time-columns.js';

/** A row of `events`. */
export type EventRow = SeriesRow<
  Omit<
    PartialEventRecord,
    'attendees' | 'attendeeCount' | 'overrides' | 'answers' | 'guests' | 'guestAnswers'
  >
>;

/** A row of `attendees`. */
export interface AttendeeRow
  extends Pick<
      AttendeeRecord,
      'userId' | 'calendarId' | 'inviteId' | 'status' | 'role' | 'occurrencesStatus' | 'comment'
    >,
    Record<'createdAt' | 'updatedAt', Date> {
  readonly eventId: number;
}

/** A row of `users`, of a user who attends an event. */
export interface AttendingUserRow
  extends Pick<AttendeeRecord, 'protected' | 'name' | 'email' | 'timeZone' | 'kind'>,
    Record<'userCreatedAt' | 'userUpdatedAt', Date> {
  readonly id: number;
}

/** A row of `occurrence_overrides`. */
export interface OccurrenceOverrideRow extends OverrideRow<OverrideRecord> {
  readonly eventId: number;
}

/** A row of `occurrence_answers`. */
export interface OccurrenceAnswerRow extends OccurrenceAnswerRecord {
  readonly eventId: number;
}

/** A row of `guests`. */
export interface GuestRow
  extends Omit<GuestRecord, 'email' | 'createdAt' | 'updatedAt'>,
    Record<'createdAt' | 'updatedAt', Date> {
  readonly eventId: number;
  readonly email: string;
}

/** A row of `guest_answers`. */
export interface GuestAnswerRow extends GuestAnswerRecord {
  readonly eventId: number;
}

export const EVENT = columnsOfEntity<EventRow, Event>(Event, {
  tenantId: 'left out',
  span: 'left out',
  uid: 'left out',
  uidNamespace: 'left out',
  startAt: (table) => `lower(${table}.span)`,
  endAt: (table) => `upper(${table}.span)`,
});

export const ATTENDEE = columnsOfEntity<AttendeeRow, Attendee>(Attendee, {
  tenantId: 'left out',
  span: 'left out',
});

/** The columns of another module's table that a row of an attendee's user has. */
export const ATTENDING_USER = new Columns<AttendingUserRow>('users', {
  id: 'id',
  protected: 'protected',
  name: 'name',
  email: 'email',
  timeZone: 'time_zone',
  kind: 'kind',
  userCreatedAt: 'created_at',
  userUpdatedAt: 'updated_at',
});

export const OVERRIDE = columnsOfEntity<OccurrenceOverrideRow, OccurrenceOverride>(OccurrenceOverride, {
  tenantId: 'left out',
  content: 'left out',
  createdAt: 'left out',
  updatedAt: 'left out',
});

export const ANSWER = columnsOfEntity<OccurrenceAnswerRow, OccurrenceAnswer>(OccurrenceAnswer, {
  tenantId: 'left out',
  createdAt: 'left out',
  updatedAt: 'left out',
});

export const GUEST = columnsOfEntity<GuestRow, Guest>(Guest, { tenantId: 'left out' });

export const GUEST_ANSWER = columnsOfEntity<GuestAnswerRow, GuestAnswer>(GuestAnswer, {
  tenantId: 'left out',
});

/** The columns of `events` from which a series is expanded. */
export const SERIES_COLUMNS = [
  'id',
  'allDay',
  'floating',
  'timeZone',
  'start',
  'duration',
  'zeroLength',
  'rule',
  'rdates',
  'exdates',
  'secondPasses',
] as const satisfies readonly (keyof EventRow)[];
