import type { CivilTime } from '../../time/civil-time.js';
import type { Component, ContentLine } from './content-line.js';

/**
 * The groups of properties that fields of an event carry. One reader makes the fields of a group from all its properties.
 *
 * - `time`: DTSTART, DTEND, DURATION
 * - `rule`: RRULE
 * - `dates`: RDATE, EXDATE
 * - `availability`: STATUS, TRANSP, X-MICROSOFT-CDO-BUSYSTATUS
 * - `conference`: CONFERENCE, and the properties of Google and Microsoft for it
 * - `people`: ORGANIZER, ATTENDEE
 * - `revision`: SEQUENCE, CREATED, LAST-MODIFIED, DTSTAMP
 * - each other: the one property of its name
 */
export const PROPERTY_GROUPS = [
  'uid',
  'time',
  'rule',
  'dates',
  'title',
  'description',
  'location',
  'availability',
  'visibility',
  'url',
  'color',
  'categories',
  'conference',
  'people',
  'revision',
] as const;
export type PropertyGroup = (typeof PROPERTY_GROUPS)[number];

/**
 * The content of a VEVENT that the fields of an event do not carry, as plain JSON. `writeObject` writes it again as long as
 * it fits the fields.
 */
export interface KeptContent {
  /**
   * The properties of a group as read, if the fields alone would be written otherwise. They are written instead of the
   * fields as long as they read as the fields do. An empty list: the component has no property of the group.
   */
  readonly groups?: Readonly<Partial<Record<PropertyGroup, readonly ContentLine[]>>>;
  /** The properties that belong to no group. */
  readonly others?: readonly ContentLine[];
  /** Alarms, and components that are not known. */
  readonly components?: readonly Component[];
  /**
   * The zone in which times without a zone were read (floating time, RFC 5545 §3.3.5). As long as the event is in this
   * zone, its times are written without a zone.
   */
  readonly floatingIn?: string;
  /**
   * The file had changed occurrences alone, without the series, and they are written alone, too, as long as no rule repeats
   * the event. The civil time is the RECURRENCE-ID of a single one; of several, the series has the original starts.
   */
  readonly withoutSeries?: CivilTime;
  /** The original starts of `withoutSeries` whose RECURRENCE-ID is a date. The series may be one of times. */
  readonly namedByDate?: readonly CivilTime[];
}
