import type { ProductData } from '../../platform/values/product-data.js';
import type { EventOccurrence } from '../../scheduling/occurrences/event-occurrence.js';
import type { EventTimesRecord, OverrideTimesRecord } from '../../scheduling/occurrences/series-record.js';
import type { UserKind } from '../../users/model/user-record.js';
import type { EventAppearance } from './appearance/event-appearance.js';
import type { CutSchedule } from './cut/cut-schedule.js';
import type {
  AttendeeRole,
  EventStatus,
  ImportedAs,
  InviteStatus,
  ParticipationStatus,
  ShowAs,
  Visibility,
} from './event-words.js';
import type { RecordedSchedule } from './schedule/recorded-schedule.js';

/** The version of an event that has not changed since its creation. */
export const FIRST_VERSION = 1;

/** An attendee as read with the event. Times are ISO 8601 text, since they come within JSON. */
export interface AttendeeRecord {
  readonly userId: number;
  /** The calendar of the user that has the event; null: none has it. */
  readonly calendarId: number | null;
  readonly inviteId: number | null;
  readonly status: ParticipationStatus;
  readonly role: AttendeeRole;
  /**
   * Not null and `status` declined: the user attends only the occurrences that have an answer, and this status sums up the
   * answers.
   */
  readonly occurrencesStatus: InviteStatus | null;
  readonly comment: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Whether the user has a password or another way to log in. */
  readonly protected: boolean;
  readonly name: string;
  /** Null: the viewer does not see the user. */
  readonly email: string | null;
  /** The zone of the user, in which floating days are the user's. */
  readonly timeZone: string;
  readonly kind: UserKind;
  readonly userCreatedAt: string;
  readonly userUpdatedAt: string;
}

/** The fields that differ for one occurrence. Null: the value of the series holds; an empty text: no value. */
export interface OverrideRecord extends OverrideTimesRecord {
  readonly title: string | null;
  readonly description: string | null;
  readonly location: string | null;
  readonly showAs: ShowAs | null;
}

/** An occurrence of an event that was read as a record. */
export type RecordedOccurrence = EventOccurrence<OverrideRecord>;

/** The answer of an attendee to one occurrence, or the place for one. */
export interface OccurrenceAnswerRecord {
  readonly userId: number;
  /** The civil start that the series gives the occurrence, as in its override. */
  readonly originalStart: string;
  readonly status: InviteStatus;
  /** Whether the organizer has removed the attendee from the occurrence. The status is then `declined`. */
  readonly removed: boolean;
  readonly comment: string | null;
}

/** The identity of a guest: an attendee without an account. */
export interface GuestIdentity {
  /** The address as the organizer wrote it. Null: the viewer does not see it. */
  readonly email: string | null;
  /** Null: the organizer gave none. */
  readonly name: string | null;
}

/** A guest as read with the event. Times are ISO 8601 text, since they come within JSON. */
export interface GuestRecord extends GuestIdentity {
  readonly inviteId: number;
  /** The normalised address, one of each in an event. */
  readonly address: string;
  readonly status: InviteStatus;
  readonly role: AttendeeRole;
  /** Null: the organizer has invited the guest here. */
  readonly importedAs: ImportedAs | null;
  /** As of an attendee with an account. */
  readonly occurrencesStatus: InviteStatus | null;
  readonly comment: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The answer of a guest to one occurrence, as of an attendee with an account. */
export interface GuestAnswerRecord {
  readonly inviteId: number;
  readonly originalStart: string;
  readonly status: InviteStatus;
  readonly removed: boolean;
  readonly comment: string | null;
}

/** The fields of an event besides its times. */
export interface EventDetails extends EventAppearance, ProductData {
  /** The owner of the event: the organizer, unless the organizer has no account. */
  readonly organizerId: number;
  /** Whether the organizer has no account. A guest is then the organizer. */
  readonly foreignOrganizer: boolean;
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly visibility: Visibility;
  readonly showAs: ShowAs;
  readonly status: EventStatus;
}

/** The fields of an event that a writer sets. */
export interface EventFields extends EventDetails, RecordedSchedule, Pick<CutSchedule, 'endsBefore'> {}

/** An event with those of its attendees, overrides and answers that a query has read. */
export interface PartialEventRecord
  extends EventTimesRecord<OverrideRecord>,
    EventDetails,
    Pick<CutSchedule, 'endsBefore'> {
  /** The zone of the end; null: that of the start. */
  readonly endTimeZone: string | null;
  /** Rises with each change. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly attendees: readonly AttendeeRecord[];
  /** The number of attendees, guests included; absent: `attendees` and `guests` have all of them. */
  readonly attendeeCount?: number;
  readonly answers: readonly OccurrenceAnswerRecord[];
  /** The attendees without an account, in the order of invitation. */
  readonly guests: readonly GuestRecord[];
  readonly guestAnswers: readonly GuestAnswerRecord[];
}

/** An event with all its attendees, the organizer first, all overrides, and all answers to its occurrences. */
export interface EventRecord extends PartialEventRecord {
  readonly complete: true;
}
