import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import ICAL from 'ical.js';
import type { ICalendarEvent } from '../../src/calendar/icalendar/model/icalendar-event.js';
import { readCalendarFile } from '../../src/calendar/icalendar/read/calendar-file.js';
import { writeObject } from '../../src/calendar/icalendar/write/calendar-writer.js';
import { isSameEvent } from '../../src/calendar/icalendar/write/same-event.js';
import { compileSeries } from '../../src/calendar/recurrence/series/event-series.js';
import { firstOccurrence, occurrencesIn } from '../../src/calendar/recurrence/series/recurrence-set.js';
import { DAY } from '../../src/calendar/time/civil-time.js';
import { printedSeed } from '../support/core/seed.js';
import { icalendarEvent } from '../support/icalendar/arbitrary-events.js';

const seed = printedSeed('events as iCalendar');
const options = { seed, numRuns: 300 };

/** The occurrences of some years about the start, cancelled ones included. */
function occurrencesOf(event: ICalendarEvent) {
  const window = { start: event.start - 800 * DAY, end: event.start + 1_200 * DAY };
  return [...occurrencesIn(compileSeries(event), window, { cancelled: true })].map(
    ({ start, end, originalStart, override }) => [start, end, originalStart, override?.cancelled ?? false],
  );
}

/** An event with occurrences; EXDATEs may remove all of a small series. */
const happening = icalendarEvent.filter((event) => firstOccurrence(compileSeries(event)) !== null);

function readAgain(event: ICalendarEvent): ICalendarEvent {
  const bytes = new TextEncoder().encode(writeObject([event], {}));
  const objects = [...readCalendarFile(bytes, { timeZone: event.timeZone }).objects()];
  expect(objects).toEqual([
    expect.objectContaining({ uid: event.uid, warnings: [], events: [expect.anything()] }),
  ]);
  return (objects[0].problem === undefined ? objects[0].events[0] : null) as ICalendarEvent;
}

describe('an event that is written and read again', () => {
  test('has the same occurrences', () => {
    fc.assert(
      fc.property(happening, (event) => {
        expect(occurrencesOf(readAgain(event))).toEqual(occurrencesOf(event));
      }),
      options,
    );
  });

  test('has the same fields', () => {
    fc.assert(
      fc.property(happening, (event) => {
        const { uid, title, description, location, visibility, status, showAs, url, color, categories } =
          readAgain(event);
        const fields = {
          uid,
          title,
          description,
          location,
          visibility,
          status,
          showAs,
          url,
          color,
          categories,
        };
        expect(event).toMatchObject(fields);
        const { conference, organizer, attendees, revision } = readAgain(event);
        expect({ conference, organizer, attendees, revision }).toEqual({
          conference: event.conference,
          organizer: event.organizer,
          attendees: event.attendees,
          revision: event.revision,
        });
      }),
      options,
    );
  });

  test('is written as before', () => {
    fc.assert(
      fc.property(happening, (event) => {
        const again = readAgain(event);
        expect(writeObject([again], {})).toBe(writeObject([event], {}));
        expect(isSameEvent(again, event)).toBe(true);
      }),
      options,
    );
  });

  test('is one that another parser reads, in lines of at most 75 octets', () => {
    fc.assert(
      fc.property(happening, (event) => {
        const text = writeObject([event], {});
        const lines = text.split('\r\n');
        expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line))).toBe(true);
        const component = new ICAL.Component(ICAL.parse(text) as unknown[]);
        const vevent = component.getFirstSubcomponent('vevent');
        expect(vevent?.getFirstPropertyValue('summary')).toBe(event.title);
        expect(vevent?.getFirstPropertyValue('description') ?? null).toBe(event.description);
        // ical.js reads escapes of texts in CN, where iCalendar has none.
        const read =
          vevent?.getAllProperties('attendee').map((one) => one.getFirstParameter('cn') ?? null) ?? [];
        const isPlain = event.attendees.every(({ name }) => !name?.includes('\\'));
        expect(isPlain ? read : []).toEqual(isPlain ? event.attendees.map(({ name }) => name) : []);
      }),
      options,
    );
  });
});

describe('RANGE=THISANDFUTURE', () => {
  test('that changes no time splits a series into parts with the same occurrences', () => {
    const series = happening.filter(({ rule, overrides }) => rule !== null && overrides.length === 0);
    fc.assert(
      fc.property(series, fc.array(fc.nat(30), { minLength: 1, maxLength: 3 }), (event, places) => {
        const all = occurrencesOf(event);
        const compiled = compileSeries(event);
        const originals = [...new Set(places)].map((place) => all[place % all.length][2] as number);
        const changes = originals.map((instant) => {
          const civil = event.allDay ? compiled.zone.toCivil(instant) : compiled.zone.toExactCivil(instant);
          const override = { originalStart: civil, cancelled: false, title: 'Later', kept: null };
          const [, vevent] = writeObject([{ ...event, overrides: [override] }], {})
            .split(/(?=^BEGIN:VEVENT)/m)
            .slice(1);
          return vevent
            .replace('END:VCALENDAR\r\n', '')
            .replace('RECURRENCE-ID', 'RECURRENCE-ID;RANGE=THISANDFUTURE');
        });
        const text = writeObject([event], {}).replace(
          'END:VCALENDAR',
          () => `${changes.join('')}END:VCALENDAR`,
        );
        const [object] = readCalendarFile(new TextEncoder().encode(text), {
          timeZone: event.timeZone,
        }).objects();
        const parts = object.problem === undefined ? object.events : [];
        const window = { start: event.start - 800 * DAY, end: event.start + 1_200 * DAY };
        const found = parts.flatMap((part) =>
          [...occurrencesIn(compileSeries(part), window)].map(({ start, end }) => [start, end]),
        );
        expect(found.toSorted(([a], [b]) => a - b)).toEqual(all.map(([start, end]) => [start, end]));
        expect(parts.slice(1).every(({ title }) => title === 'Later')).toBe(true);
      }),
      { seed, numRuns: 150 },
    );
  });
});
