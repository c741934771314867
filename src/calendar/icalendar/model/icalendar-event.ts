import type { EventStatus, ParticipationStatus, ShowAs } from '../../availability/free-busy.js';
import type { RecurrenceRule } from '../../recurrence/rule/recurrence-rule.js';
import type { CivilTime, Instant } from '../../time/civil-time.js';
import type { Length } from '../../time/length.js';
import type { KeptContent } from './kept-content.js';

/**
 * An event with all its occurrences, in the words of the core: the VEVENTs of one UID. `readCalendarFile` reads such
 * events, and `writeObject` writes them. An event that was read and not changed is written as it was, property for property
 * and parameter for parameter, apart from DTSTAMP and the forms that `docs/icalendar.md` lists.
 */
export interface ICalendarEvent extends ICalendarTimes, ICalendarFields {
  /** At most `MAX_UID_LENGTH` characters. Null: the file has none; the caller makes one (`contentOf` helps). */
  readonly uid: string | null;
  readonly visibility: 'public' | 'private';
  /** `confirmed` or `cancelled`. STATUS:TENTATIVE is `showAs: 'tentative'`. */
  readonly status: EventStatus;
  /** An `http` or `https` URL. */
  readonly url: string | null;
  /** `#rrggbb`, in lower case. */
  readonly color: string | null;
  /** Without duplicates. */
  readonly categories: readonly string[];
  readonly conference: ICalendarConference | null;
  readonly organizer: ICalendarOrganizer | null;
  /** Without the organizer, one of each address, in the order of the file. Only those with a mail address. */
  readonly attendees: readonly ICalendarAttendee[];
  readonly revision: Revision;
  /** By original start, one of each. */
  readonly overrides: readonly ICalendarOverride[];
  /** Null: the fields carry all content. */
  readonly kept: KeptContent | null;
}

/** The times of an event and its recurrence, as a `SeriesDefinition` has them. */
export interface ICalendarTimes {
  readonly allDay: boolean;
  /** Whether the days of an all-day event are those of each reader. Every date of a file is so. False if not `allDay`. */
  readonly floating: boolean;
  /** IANA name; `UTC` for times with `Z`. The zone of the options for days and for times without a zone. */
  readonly timeZone: string;
  /** IANA name of the zone of the end; null: that of the start. */
  readonly endTimeZone: string | null;
  /**
   * A start that the rule yields, if there is a rule. A DTSTART that the rule does not yield is the first of `rdates`, and
   * COUNT does not count it.
   */
  readonly start: CivilTime;
  /** Days of an all-day event, seconds of any other. */
  readonly length: Length;
  /** UNTIL is in civil time, as `withCivilUntil` makes it. */
  readonly rule: RecurrenceRule | null;
  /** In order, each once, at most `MAX_FILE_DATES`. */
  readonly rdates: readonly CivilTime[];
  /** In order, each once, at most `MAX_FILE_DATES`; each names an occurrence that has no override. */
  readonly exdates: readonly CivilTime[];
}

/** The fields that may differ from occurrence to occurrence. Their lengths are at most those of `TEXT_LIMITS`. */
export interface ICalendarFields {
  /** Empty: there is no SUMMARY. */
  readonly title: string;
  /** Line ends are `\n`. */
  readonly description: string | null;
  readonly location: string | null;
  readonly showAs: ShowAs;
}

/** What differs for one occurrence. An absent field has the value of the series; null: no value. */
export interface ICalendarOverride extends Partial<ICalendarFields> {
  /** The civil start that the series gives the occurrence: RECURRENCE-ID. */
  readonly originalStart: CivilTime;
  readonly cancelled: boolean;
  /** The civil start after a move, in the zone of the series. */
  readonly start?: CivilTime;
  /** In the unit of the series. */
  readonly length?: Length;
  /** The attendees of the occurrence; absent: those of the series. */
  readonly attendees?: readonly ICalendarAttendee[];
  /** Absent: that of the series. */
  readonly revision?: Revision;
  /** Null: the fields and the content of the series carry all content. */
  readonly kept: KeptContent | null;
}

/** Where people meet who are not at the place of the event. */
export interface ICalendarConference {
  readonly url: string | null;
  readonly provider: string | null;
  readonly phone: string | null;
  readonly pin: string | null;
}

/** A person with a mail address. */
export interface ICalendarPerson {
  /** As written, without `mailto:`. */
  readonly email: string;
  /** CN; null: none. */
  readonly name: string | null;
}

export interface ICalendarOrganizer extends ICalendarPerson {
  /** The participation of the organizer, if an ATTENDEE has the same address. */
  readonly participation: ICalendarParticipation | null;
}

export interface ICalendarAttendee extends ICalendarPerson, ICalendarParticipation {}

export interface ICalendarParticipation {
  /** PARTSTAT; DELEGATED and words that are not known are `needs_action`. */
  readonly status: Exclude<ParticipationStatus, 'organizer'>;
  /** ROLE; OPT-PARTICIPANT and NON-PARTICIPANT are optional. */
  readonly role: 'required' | 'optional';
  /** X-RESPONSE-COMMENT, as Exchange and Google write it. */
  readonly comment: string | null;
}

/**
 * Which state of an event a component describes. Plain JSON: a store keeps it beside an event that it has not changed since.
 */
export interface Revision {
  /** SEQUENCE; 0 if absent. */
  readonly sequence: number;
  /** CREATED. */
  readonly createdAt: Instant | null;
  /** LAST-MODIFIED. */
  readonly modifiedAt: Instant | null;
  /** DTSTAMP. A written event always has one. */
  readonly stampedAt: Instant | null;
}
