import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ICalendarEvent } from '../../src/calendar/icalendar/model/icalendar-event.js';
import { writeObject } from '../../src/calendar/icalendar/write/calendar-writer.js';
import { compileSeries } from '../../src/calendar/recurrence/series/event-series.js';
import { firstOccurrence, occurrencesIn } from '../../src/calendar/recurrence/series/recurrence-set.js';
import { DAY } from '../../src/calendar/time/civil-time.js';
import { printedSeed } from '../support/core/seed.js';
import { seriesWithChange, veventLines } from '../support/icalendar/arbitrary-content.js';
import { icalendarEvent } from '../support/icalendar/arbitrary-events.js';
import { calendarText, objectOf } from '../support/icalendar/read-files.js';

const seed = printedSeed('changes of iCalendar events');

/** An event of a file, which keeps all kinds of content. */
const imported = fc
  .oneof(
    veventLines.map((lines) => calendarText(['UID:1', ...lines])),
    seriesWithChange,
  )
  .map((text) => objectOf(text).events[0])
  // A floating occurrence of a series that has a zone depends on the zone of the reader.
  .filter(({ overrides }) => overrides.every(({ kept }) => kept?.floatingIn === undefined));

const TIMES = [
  'allDay',
  'floating',
  'timeZone',
  'endTimeZone',
  'start',
  'length',
  'rule',
  'rdates',
  'exdates',
  'overrides',
] as const satisfies readonly (keyof ICalendarEvent)[];

const FIELDS = [
  'title',
  'description',
  'location',
  'visibility',
  'url',
  'color',
  'categories',
  'conference',
  'attendees',
  'revision',
] as const satisfies readonly (keyof ICalendarEvent)[];

type Field = (typeof FIELDS)[number] | (typeof TIMES)[number] | 'status' | 'showAs';

/** The names of the fields that a change sets. Times change together, and so do the fields of the availability. */
const changedNames = fc
  .tuple(fc.subarray([...FIELDS]), fc.boolean(), fc.boolean())
  .map(([names, times, availability]) => {
    const changed: readonly Field[] = names;
    return changed.concat(times ? TIMES : [], availability ? ['status', 'showAs'] : []);
  });

function picked(event: ICalendarEvent, names: readonly Field[]): Partial<ICalendarEvent> {
  return Object.fromEntries(names.map((name) => [name, event[name]]));
}

/** What the changed occurrences show. */
function changedOccurrencesOf({ overrides, ...series }: ICalendarEvent) {
  return overrides.map(({ originalStart, cancelled, title, description, location, showAs }) => [
    originalStart,
    cancelled,
    title ?? series.title,
    description === undefined ? series.description : description,
    location === undefined ? series.location : location,
    showAs ?? series.showAs,
  ]);
}

function occurrencesOf(event: ICalendarEvent) {
  const window = { start: event.start - 800 * DAY, end: event.start + 1_200 * DAY };
  return [...occurrencesIn(compileSeries(event), window, { cancelled: true })].map(
    ({ start, end, originalStart, override }) => [start, end, originalStart, override?.cancelled ?? false],
  );
}

const happening = icalendarEvent.filter((event) => firstOccurrence(compileSeries(event)) !== null);

describe('an imported event that was changed, written and read again', () => {
  test('has the changed fields, and the others as before', () => {
    fc.assert(
      fc.property(imported, happening, changedNames, (event, other, names) => {
        const changed = { ...event, ...picked(other, names) };
        const { events, warnings } = objectOf(writeObject([changed], {}), changed.timeZone);
        const plain = FIELDS.filter((name) => name !== 'revision');
        expect(picked(events[0], [...plain, 'status', 'showAs'])).toEqual(
          picked(changed, [...plain, 'status', 'showAs']),
        );
        expect(events[0].revision).toEqual(changed.revision);
        expect(occurrencesOf(events[0])).toEqual(occurrencesOf(changed));
        expect(changedOccurrencesOf(events[0])).toEqual(changedOccurrencesOf(changed));
        expect(warnings.filter(({ code }) => code.startsWith('time_zone'))).toEqual([]);
      }),
      { seed, numRuns: 1_000 },
    );
  });

  test('keeps the properties and components of no field', () => {
    fc.assert(
      fc.property(imported, happening, changedNames, (event, other, names) => {
        const changed = { ...event, ...picked(other, names) };
        const [again] = objectOf(writeObject([changed], {}), changed.timeZone).events;
        expect(again.kept?.others ?? []).toEqual(event.kept?.others ?? []);
        expect(again.kept?.components ?? []).toEqual(event.kept?.components ?? []);
      }),
      { seed, numRuns: 500 },
    );
  });
});
