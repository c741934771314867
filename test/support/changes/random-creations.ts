import * as fc from 'fast-check';
import { DAY, HOUR, MINUTE } from '../../../src/calendar/time/civil-time.js';

const FIRST_START = Date.UTC(2126, 0, 7, 9);

/** A creation of an event, with the places of its users in a list. */
export interface RandomCreation {
  readonly organizer: number;
  readonly invited: readonly number[];
  readonly fields: object;
}

const TIMES: fc.Arbitrary<object> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      start_date: fc
        .tuple(fc.nat(3), fc.nat(16))
        .map(([day, part]) => new Date(FIRST_START + day * DAY + part * 15 * MINUTE).toISOString()),
      duration: fc.constantFrom(0, 900, 1_800, 3_600, (10 * HOUR) / 1_000, (3 * DAY) / 1_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      all_day: fc.constant(true),
      start_date: fc.constantFrom('2126-01-07', '2126-01-09'),
      duration: fc.integer({ min: 1, max: 3 }),
      floating: fc.boolean(),
      show_as: fc.constantFrom('busy', 'out_of_office'),
    }),
  },
  // An instant before the present, and times that are refused.
  { weight: 1, arbitrary: fc.constant({ start_date: '2020-03-01T10:00:00Z', duration: 3_600 }) },
  { weight: 1, arbitrary: fc.constant({ start_date: '2126-01-07', duration: 3_600 }) },
);

const REPEAT: fc.Arbitrary<object> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc
      .record({ frequency: fc.constantFrom('daily', 'weekly'), count: fc.integer({ min: 2, max: 6 }) })
      .map((repeat) => ({ repeat })),
  },
  { weight: 1, arbitrary: fc.constant({ repeat: { frequency: 'weekly' } }) },
);

const DETAILS: fc.Arbitrary<object> = fc.record(
  {
    title: fc.string({ minLength: 1, maxLength: 5, unit: 'grapheme' }),
    description: fc.string({ maxLength: 5 }),
    location: fc.constantFrom('', 'Room 5'),
    visibility: fc.constantFrom('public', 'private'),
    show_as: fc.constantFrom('busy', 'free', 'tentative', 'out_of_office'),
    url: fc.constant('https://example.org/'),
    color: fc.constant('#a0b0c0'),
    categories: fc.constant(['one', 'two']),
    conference: fc.constant({ url: 'https://meet.example/1' }),
    metadata: fc.constantFrom({ longer: 'a', b: 'c' }, { z: '1', a: '2' }),
    time_zone: fc.constantFrom('Europe/Rome', 'America/New_York'),
    conflict_policy: fc.constantFrom('reject', 'allow'),
  },
  { requiredKeys: [] },
);

/** @param users the number of users; a place may be one above it, of no user */
export function randomCreation(users: number): fc.Arbitrary<RandomCreation> {
  const place = fc.nat(users - 1);
  return fc.record({
    organizer: fc.oneof({ weight: 30, arbitrary: place }, { weight: 1, arbitrary: fc.constant(users) }),
    invited: fc.oneof(
      { weight: 30, arbitrary: fc.uniqueArray(place, { maxLength: 4 }) },
      { weight: 1, arbitrary: fc.constant([users]) },
    ),
    fields: fc
      .tuple(fc.constant({ title: 'Planning' }), TIMES, REPEAT, DETAILS)
      .map((parts) => Object.assign({}, ...parts) as object),
  });
}
