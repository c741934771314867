import { textOf, textValue } from '../content/text-value.js';
import type { ContentLine } from '../model/content-line.js';
import type { ICalendarEvent } from '../model/icalendar-event.js';
import type { PropertyGroup } from '../model/kept-content.js';
import { AVAILABILITY, REVISION, VISIBILITY } from './availability-fields.js';
import type { FieldForm } from './field-form.js';
import { PEOPLE } from './people-fields.js';
import { CATEGORIES, COLOR, CONFERENCE, DESCRIPTION, LOCATION, TITLE, WEB_URL } from './text-fields.js';

/** The group of each property that belongs to one. */
const GROUP_OF_PROPERTY: ReadonlyMap<string, PropertyGroup> = new Map([
  ['UID', 'uid'],
  ['DTSTART', 'time'],
  ['DTEND', 'time'],
  ['DURATION', 'time'],
  ['RRULE', 'rule'],
  ['RDATE', 'dates'],
  ['EXDATE', 'dates'],
  ['SUMMARY', 'title'],
  ['DESCRIPTION', 'description'],
  ['LOCATION', 'location'],
  ['STATUS', 'availability'],
  ['TRANSP', 'availability'],
  ['X-MICROSOFT-CDO-BUSYSTATUS', 'availability'],
  ['CLASS', 'visibility'],
  ['URL', 'url'],
  ['COLOR', 'color'],
  ['CATEGORIES', 'categories'],
  ['CONFERENCE', 'conference'],
  ['X-GOOGLE-CONFERENCE', 'conference'],
  ['X-MICROSOFT-SKYPETEAMSMEETINGURL', 'conference'],
  ['ORGANIZER', 'people'],
  ['ATTENDEE', 'people'],
  ['SEQUENCE', 'revision'],
  ['CREATED', 'revision'],
  ['LAST-MODIFIED', 'revision'],
  ['DTSTAMP', 'revision'],
]);

/** UID (RFC 5545 §3.8.4.7). */
const UID: FieldForm<Pick<ICalendarEvent, 'uid'>> = {
  read: ([line]) => ({ uid: (line && textOf(line.value).trim()) || null }),
  write: ({ uid }) => (uid === null ? [] : [{ name: 'UID', parameters: [], value: textValue(uid) }]),
};

/** The groups whose properties mean the same in every event. */
export const FORMS = {
  uid: UID,
  title: TITLE,
  description: DESCRIPTION,
  location: LOCATION,
  availability: AVAILABILITY,
  visibility: VISIBILITY,
  url: WEB_URL,
  color: COLOR,
  categories: CATEGORIES,
  conference: CONFERENCE,
  people: PEOPLE,
  revision: REVISION,
} as const;

export type FormGroup = keyof typeof FORMS;
export const FORM_GROUPS = Object.keys(FORMS) as FormGroup[];

/** Properties by their groups. */
export interface GroupedProperties<Line extends ContentLine = ContentLine> {
  readonly groups: Partial<Record<PropertyGroup, Line[]>>;
  /** Those of no group. */
  readonly others: Line[];
}

/**
 * Sorts the properties of a component by their groups.
 * @example groupedProperties(component.properties).groups.title
 */
export function groupedProperties<Line extends ContentLine>(
  properties: readonly Line[],
): GroupedProperties<Line> {
  const groups: Partial<Record<PropertyGroup, Line[]>> = {};
  const others: Line[] = [];
  for (const line of properties) {
    const group = GROUP_OF_PROPERTY.get(line.name);
    if (group === undefined) others.push(line);
    else (groups[group] ??= []).push(line);
  }
  return { groups, others };
}

/**
 * The fields that the properties of a group mean, written again. Two lists of properties mean the same exactly if this text
 * of both is the same.
 * @example meaningOf('title', [summary])
 */
export function meaningOf(group: FormGroup, lines: readonly ContentLine[]): ContentLine[] {
  const form = FORMS[group] as FieldForm<unknown>;
  return form.write(form.read(lines));
}
