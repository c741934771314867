import type {
  AttendeeRecord,
  OccurrenceAnswerRecord,
  OverrideRecord,
  PartialEventRecord,
} from '../model/event-record.js';
import { Columns } from './columns.js';
import type { OverrideRow, SeriesRow } from './time-columns.js';

/** A row of `events`. */
export type EventRow = SeriesRow<
  Omit<PartialEventRecord, 'attendees' | 'attendeeCount' | 'overrides' | 'answers'>
>;

/** A row of `attendees`. */
export interface AttendeeRow
  extends Pick<AttendeeRecord, 'userId' | 'inviteId' | 'status' | 'comment'>,
    Record<'createdAt' | 'updatedAt', Date> {
  readonly eventId: number;
}

/** A row of `users`, of a user who attends an event. */
export interface AttendingUserRow
  extends Pick<AttendeeRecord, 'protected' | 'name' | 'email'>,
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

export const EVENT = new Columns<EventRow>('events', {
  id: 'id',
  organizerId: 'organizer_id',
  title: 'title',
  description: 'description',
  location: 'location',
  visibility: 'visibility',
  showAs: 'show_as',
  status: 'status',
  allDay: 'all_day',
  timeZone: 'time_zone',
  start: 'start',
  length: 'duration',
  rule: 'rrule',
  rdates: 'rdates',
  exdates: 'exdates',
  secondPasses: 'second_passes',
  version: 'version',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  startAt: (table) => `lower(${table}.span)`,
  endAt: (table) => `upper(${table}.span)`,
});

export const ATTENDEE = new Columns<AttendeeRow>('attendees', {
  eventId: 'event_id',
  userId: 'user_id',
  inviteId: 'invite_id',
  status: 'status',
  comment: 'comment',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
});

export const ATTENDING_USER = new Columns<AttendingUserRow>('users', {
  id: 'id',
  protected: 'protected',
  name: 'name',
  email: 'email',
  userCreatedAt: 'created_at',
  userUpdatedAt: 'updated_at',
});

export const OVERRIDE = new Columns<OccurrenceOverrideRow>('occurrence_overrides', {
  eventId: 'event_id',
  originalStart: 'original_start',
  cancelled: 'cancelled',
  start: 'start',
  length: 'duration',
  title: 'title',
  description: 'description',
  location: 'location',
  showAs: 'show_as',
});

export const ANSWER = new Columns<OccurrenceAnswerRow>('occurrence_answers', {
  eventId: 'event_id',
  userId: 'user_id',
  originalStart: 'original_start',
  status: 'status',
  comment: 'comment',
});

/** The columns of `events` from which a series is expanded. */
export const SERIES_COLUMNS = [
  'id',
  'allDay',
  'timeZone',
  'start',
  'length',
  'rule',
  'rdates',
  'exdates',
  'secondPasses',
] as const satisfies readonly (keyof EventRow)[];
