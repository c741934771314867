import type { When } from '../../calendar/time/when.js';
import type { ProductData, ProductDataPatch } from '../../platform/values/product-data.js';
import type { ConflictPolicy } from '../../scheduling/booking/conflict-policy.js';
import type { EventAppearance } from './appearance/event-appearance.js';
import type {
  AnswerStatus,
  AttendeeRole,
  EventStatus,
  ImportedAs,
  InviteStatus,
  ShowAs,
  Visibility,
} from './event-words.js';
import type { ScheduleCommand } from './schedule/schedule-command.js';

/** Creates an event. */
export interface NewEvent extends EventAppearance, ProductData {
  readonly organizerId: number;
  /** A calendar of the organizer; absent: the primary one. */
  readonly calendarId?: number;
  readonly invitedUserIds: readonly number[];
  /** Those of `invitedUserIds` whose attendance is optional; absent: none. */
  readonly optionalUserIds?: readonly number[];
  readonly invitedRoomIds: readonly number[];
  /** People by their addresses, one of each address. */
  readonly invited: readonly NewGuest[];
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  /** Absent: the default of the server. */
  readonly visibility?: Visibility;
  readonly showAs: ShowAs;
  readonly schedule: ScheduleCommand;
  readonly conflictPolicy: ConflictPolicy;
}

/** Creates a series together with its overrides, the statuses of its attendees and their answers to occurrences. */
export interface NewSeries
  extends Omit<NewEvent, 'invitedUserIds' | 'optionalUserIds' | 'invitedRoomIds' | 'invited'> {
  /** Present if a file has the event. */
  readonly imported?: ImportedSeries;
  readonly status: EventStatus;
  /** Without the organizer, in the order of invitation. */
  readonly attendees: readonly NewAttendee[];
  /** People by their addresses. One with the verified address of a user is that user. */
  readonly guests: readonly NewGuest[];
  readonly overrides: readonly NewOverride[];
  readonly answers: readonly NewOccurrenceAnswer[];
}

/** What a file of iCalendar gives an event besides the fields of other events. */
export interface ImportedSeries {
  /** Null: the event gets the UID that follows from its id. */
  readonly uid: string | null;
  /** The calendar within which the UID is unique; 0: all calendars of the owner. */
  readonly uidNamespace: number;
  /** The part of the owner in an event whose organizer has no account; null: the owner organizes the event. */
  readonly owner: Pick<NewAttendee, 'status' | 'role' | 'comment'> | null;
  /** The people of the file besides the owner. They are no invitations: none of them becomes a user's. */
  readonly guests: readonly ImportedGuest[];
  /** What no field carries; null: nothing. */
  readonly content: object | null;
  /** The same of single occurrences, by the original start of their overrides. */
  readonly contentOfOccurrences: ReadonlyMap<string, object>;
}

/** A person whom a file names. */
export interface ImportedGuest extends NewGuest {
  readonly status: InviteStatus;
  readonly comment: string | null;
  readonly importedAs: ImportedAs;
}

/** An attendee who is not the organizer. */
export interface NewAttendee {
  readonly userId: number;
  /** Present for a room. */
  readonly isRoom?: true;
  /** Absent: required. */
  readonly role?: AttendeeRole;
  readonly status: InviteStatus;
  readonly comment: string | null;
}

/** A person whom an organizer names by an address. */
export interface NewGuest {
  /** The normalised address. */
  readonly address: string;
  /** The address as written. */
  readonly email: string;
  /** Absent: a guest who stays keeps the name. */
  readonly name?: string | null;
  /** Absent: required, or that of an attendee who stays. */
  readonly role?: AttendeeRole;
}

/** Adds one attendee to an event. */
export interface NewAttendance {
  /** A user who is a person, a room, or a person by an address. */
  readonly invited: { readonly userId: number } | { readonly roomId: number } | { readonly guest: NewGuest };
  /** Absent: required, or that of an attendee who attends other occurrences. */
  readonly role?: AttendeeRole;
  /** Absent: the attendee attends the whole event. */
  readonly originalStart?: When;
  readonly conflictPolicy: ConflictPolicy;
}

export interface NewOverride {
  readonly originalStart: When;
  readonly patch: OccurrencePatch;
}

export interface NewOccurrenceAnswer {
  readonly userId: number;
  readonly originalStart: When;
  readonly status: AnswerStatus;
  readonly comment: string | null;
}

/** Changes an event, or a series as a whole. An absent field keeps its value. */
export interface EventPatch extends OccurrencePatch, Partial<EventAppearance>, ProductDataPatch {
  /** The user to whom the event is handed over. The previous organizer stays as an attendee. */
  readonly organizerId?: number;
  /** A calendar of the organizer after the change. */
  readonly calendarId?: number;
  readonly visibility?: Visibility;
  readonly schedule?: ScheduleCommand;
  /** The persons who attend beside the organizer from now on. Absent: those who attend, and those whom `invited` adds. */
  readonly invitedUserIds?: readonly number[];
  /** The rooms that attend from now on. */
  readonly invitedRoomIds?: readonly number[];
  /** The guests who attend from now on. A person with the verified address of a user is added as that user. */
  readonly invited?: readonly NewGuest[];
  readonly conflictPolicy?: ConflictPolicy;
}

/** Changes one occurrence of a series. An absent field keeps its value. */
export interface OccurrencePatch {
  readonly title?: string;
  readonly description?: string | null;
  readonly location?: string | null;
  readonly showAs?: ShowAs;
  readonly status?: EventStatus;
  readonly schedule?: Pick<ScheduleCommand, 'start' | 'endOrLength'>;
  /** Whether the answers to occurrences whose time or place changes stay. Absent: they become `needs_action`. */
  readonly keepAnswers?: boolean;
}

/** The occurrences that a change of an occurrence concerns: the occurrence alone, or also all later ones. */
export const OCCURRENCE_SCOPES = ['this', 'following'] as const;
export type OccurrenceScope = (typeof OCCURRENCE_SCOPES)[number];

/** The occurrences that a change concerns. */
export interface OccurrenceName {
  readonly originalStart: When;
  readonly scope: OccurrenceScope;
}

/** Answers an invite. */
export interface Answer {
  readonly inviteId: number;
  readonly status: AnswerStatus;
  /** Absent: the comment stays. */
  readonly comment?: string | null;
  /** Absent: the answer is to the whole event, as it is for an event that does not repeat. */
  readonly originalStart?: When;
}

/** Whether a patch may make an event take time that it did not take before. */
export function mayTakeTime(patch: EventPatch): boolean {
  const { schedule, showAs, status, invitedUserIds, invitedRoomIds, invited, conflictPolicy } = patch;
  const fields = [schedule, showAs, status, invitedUserIds, invitedRoomIds, invited, conflictPolicy];
  return fields.some((field) => field !== undefined);
}
