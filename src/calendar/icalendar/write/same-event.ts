import { writtenComponent, writtenLine } from '../content/written-line.js';
import { groupedProperties } from '../fields/property-groups.js';
import type { Component } from '../model/content-line.js';
import type { ICalendarEvent } from '../model/icalendar-event.js';
import { eventComponents } from './event-components.js';

/**
 * Whether two events are written alike, apart from their revisions (DTSTAMP, LAST-MODIFIED, CREATED, SEQUENCE). Many
 * programs write a new DTSTAMP at each export.
 * @example isSameEvent(event, { ...event, revision: later }) // true
 */
export function isSameEvent(a: ICalendarEvent, b: ICalendarEvent): boolean {
  return a.uid === b.uid && contentOf(a) === contentOf(b);
}

/**
 * A text that two events share exactly if they are written alike apart from their revisions and UIDs. A hash of it identifies
 * an event whose file has no UID, or a new one at each export.
 * @example contentOf(event) === contentOf({ ...event, uid: 'another' }) // true
 */
export function contentOf(event: ICalendarEvent): string {
  return eventComponents(event).map(sortedContent).toSorted().join('');
}

function sortedContent({ name, properties, components }: Component): string {
  const { groups, others } = groupedProperties(properties);
  const { uid: _uid, revision: _revision, ...compared } = groups;
  const lines = [...Object.values(compared).flat(), ...others];
  const texts = lines.map((line) => writtenLine(sortedParameters(line)));
  return writtenComponent({ name, properties: [], components }) + texts.toSorted().join('');
}

function sortedParameters<Line extends Component['properties'][number]>(line: Line): Line {
  return { ...line, parameters: line.parameters.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}
