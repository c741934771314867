import * as fc from 'fast-check';
import { ruledStart } from '../../../src/calendar/icalendar/fields/first-start.js';
import type {
  ICalendarAttendee,
  ICalendarEvent,
  ICalendarOverride,
} from '../../../src/calendar/icalendar/model/icalendar-event.js';
import { TEXT_LIMITS } from '../../../src/calendar/icalendar/model/icalendar-limits.js';
import { withCivilUntil } from '../../../src/calendar/recurrence/rule/until.js';
import {
  compileSeries,
  type Override,
  type SeriesDefinition,
} from '../../../src/calendar/recurrence/series/event-series.js';
import { occurrenceAt } from '../../../src/calendar/recurrence/series/recurrence-set.js';
import { isSameLength, type Length } from '../../../src/calendar/time/length.js';
import { timeZone } from '../../../src/calendar/time/time-zone.js';
import { seriesDefinition } from '../core/arbitrary-series.js';

/** Text of every script, with the characters that iCalendar escapes. */
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a',
        ' b',
        ',',
        ';',
        ':',
        '\\',
        '\\n',
        '"',
        '^',
        'é',
        '日本',
        '🎂',
        'BEGIN:VEVENT',
        '%2C',
        "^'",
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join('').replaceAll(/\p{C}/gu, '').trim());

const line = words.filter((text) => text !== '').map((text) => text.replaceAll(/\s+/g, ' '));
const category = line.filter((text) => text.length <= TEXT_LIMITS.category);
const lines = fc.array(line, { minLength: 1, maxLength: 4 }).map((all) => all.join('\n'));

const attendee: fc.Arbitrary<ICalendarAttendee> = fc.record({
  email: fc.integer({ min: 1, max: 50 }).map((id) => `guest${id}@example.com`),
  name: fc.option(line),
  status: fc.constantFrom('needs_action', 'accepted', 'declined', 'tentative'),
  role: fc.constantFrom('required', 'optional'),
  comment: fc.option(line),
});
const attendees = fc.uniqueArray(attendee, { maxLength: 4, selector: ({ email }) => email });

const instant = fc.integer({ min: 0, max: 2_000_000_000 }).map((seconds) => seconds * 1_000);

const details = fc.record({
  uid: line,
  title: line,
  description: fc.option(lines),
  location: fc.option(line),
  visibility: fc.constantFrom('public' as const, 'private' as const),
  status: fc.constantFrom('confirmed' as const, 'cancelled' as const),
  showAs: fc.constantFrom('busy' as const, 'free' as const, 'tentative' as const, 'out_of_office' as const),
  url: fc.option(fc.webUrl()),
  color: fc.option(
    fc.integer({ min: 0, max: 0xff_ff_ff }).map((rgb) => `#${rgb.toString(16).padStart(6, '0')}`),
  ),
  categories: fc.uniqueArray(category, { maxLength: 3 }),
  conference: fc.option(
    fc.record({
      url: fc.webUrl(),
      provider: fc.option(line),
      phone: fc.constant(null),
      pin: fc.constant(null),
    }),
  ),
  organizer: fc.option(
    fc.record({
      email: fc.constant('host@example.com'),
      name: fc.option(line),
      participation: fc.constant(null),
    }),
  ),
  attendees,
  revision: fc.record({
    sequence: fc.nat(5),
    createdAt: fc.option(instant),
    modifiedAt: fc.option(instant),
    stampedAt: instant,
  }),
});

const changed = fc.record(
  {
    title: line,
    description: fc.option(lines),
    location: fc.option(line),
    showAs: fc.constantFrom('free', 'busy'),
    attendees,
  },
  { requiredKeys: [] },
);

/** Events of every kind of series, with every field. */
export const icalendarEvent: fc.Arbitrary<ICalendarEvent> = fc
  .tuple(seriesDefinition, details, fc.array(changed, { minLength: 3, maxLength: 3 }), fc.boolean())
  .map(([series, fields, changes, hasEndZone]) => {
    const times = timesOf(series);
    const overrides = times.overrides.map((override, index) => merged(changes[index], override));
    const endTimeZone = hasEndZone && !series.allDay && times.length.seconds !== 0 ? 'Asia/Kathmandu' : null;
    const zones = { endTimeZone: endTimeZone === times.timeZone ? null : endTimeZone };
    return Object.assign({}, fields, times, zones, { overrides, kept: null });
  });

function merged(fields: Partial<ICalendarOverride>, override: ICalendarOverride): ICalendarOverride {
  return { ...fields, ...override };
}

/** A series whose rule yields its start, with the dates and overrides that have an effect. */
function timesOf(series: SeriesDefinition) {
  const { allDay, timeZone: zone, length } = series;
  const civil = series.rule && withCivilUntil(series.rule, series.start, timeZone(zone), allDay);
  const { start, rule, before } = ruledStart({ start: series.start, rule: civil }, series);
  const rdates = [...new Set([...series.rdates, ...(before === null ? [] : [before])])]
    .filter((date) => date !== start)
    .toSorted((a, b) => a - b);
  const compiled = compileSeries({ ...series, start, rule, rdates, exdates: [], overrides: [] });
  const occurs = (date: number) =>
    occurrenceAt(compiled, compiled.zone.toInstant(date))?.originalCivilStart === date;
  const overrides = series.overrides
    .filter(({ originalStart }) => occurs(originalStart))
    .map((override) => icalendarOverride(override, length))
    .toSorted((a, b) => a.originalStart - b.originalStart);
  const overridden = new Set(overrides.map(({ originalStart }) => originalStart));
  const exdates = [...new Set(series.exdates)]
    .filter((date) => occurs(date) && !overridden.has(date))
    .toSorted((a, b) => a - b);
  return { allDay, floating: allDay, timeZone: zone, start, length, rule, rdates, exdates, overrides };
}

function icalendarOverride(
  { originalStart, cancelled, start, length }: Override,
  ofSeries: Length,
): ICalendarOverride {
  return {
    originalStart,
    cancelled,
    ...(start !== undefined && start !== originalStart && { start }),
    ...(length !== undefined && !isSameLength(length, ofSeries) && { length }),
    kept: null,
  };
}
