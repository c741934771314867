import type { CivilTime } from '../../../calendar/time/civil-time.js';
import type { Length } from '../../../calendar/time/length.js';
import type { EventAppearance } from '../appearance/event-appearance.js';
import type { ImportedGuest, NewAttendee } from '../commands.js';
import type { AnswerStatus, EventStatus, ShowAs, Visibility } from '../event-words.js';
import type { Schedule } from '../schedule/schedule.js';

/** The most people that a file names of one event, beside the owner: as many as an event has guests. */
export { MAX_INVITED_USERS as MAX_IMPORTED_GUESTS } from '../event-limits.js';

/** The fields that may differ from occurrence to occurrence. */
interface ImportedTexts {
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly showAs: ShowAs;
}

/** Makes an event as a file has it, in the calendar of the user who imports it: the owner. */
export interface ImportedEvent extends ImportedTexts, EventAppearance {
  /** The UID of the file. */
  readonly uid: string;
  readonly visibility: Visibility;
  readonly status: EventStatus;
  readonly times: Omit<Schedule, 'startAt'>;
  /** By original start, one of each. */
  readonly overrides: readonly ImportedOverride[];
  /** The part of the owner in an event whose organizer has no account; null: the owner organizes the event. */
  readonly owner: Pick<NewAttendee, 'status' | 'role' | 'comment'> | null;
  /** The answers of the owner to single occurrences; none if the owner organizes the event. */
  readonly answers: readonly ImportedAnswer[];
  /** The people of the file besides the owner, one of each address, an organizer without an account first. */
  readonly guests: readonly ImportedGuest[];
  /** What no field carries; null: nothing. */
  readonly content: object | null;
}

/** A changed occurrence. An absent field has the value of the series; null: no value. */
export interface ImportedOverride extends Partial<ImportedTexts> {
  readonly originalStart: CivilTime;
  readonly cancelled: boolean;
  readonly start?: CivilTime;
  readonly length?: Length;
  readonly content: object | null;
}

export interface ImportedAnswer {
  readonly originalStart: CivilTime;
  readonly status: AnswerStatus | 'needs_action';
  readonly comment: string | null;
}
