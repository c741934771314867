import type { Sizes } from '../sizes.js';
import { Draw } from './draw.js';
import { type EventTimes, singleTimes, timesOf } from './event-times.js';

const ZONES = [
  'Europe/Berlin',
  'Europe/London',
  'Europe/Moscow',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Sydney',
  'America/New_York',
  'America/Los_Angeles',
];

const WRITERS = 8;
const GUESTS = 5;

const WORDS = [
  'Sync',
  'Review',
  'Planning',
  'Interview',
  'Design',
  'Budget',
  'Demo',
  'Lunch',
  'Support',
  'Training',
];
const INVITED = [
  [0, 45],
  [1, 20],
  [2, 13],
  [3, 10],
  [4, 7],
  [5, 5],
] as const;

export type Answer = 'accepted' | 'declined' | 'needs_action';

/** A list shows only the first occurrence of a declined series. So only single events are declined, and lists compare. */
const ANSWERS_TO_SINGLE = [
  ['accepted', 65],
  ['needs_action', 20],
  ['declined', 15],
] as const;
const ANSWERS_TO_SERIES = [
  ['accepted', 80],
  ['needs_action', 20],
] as const;

export interface DatasetUser {
  readonly id: number;
  readonly timeZone: string;
}

export interface DatasetEvent extends EventTimes {
  /** No two events have the same title. */
  readonly title: string;
  readonly organizer: DatasetUser;
  readonly invited: readonly { readonly user: DatasetUser; readonly answer: Answer }[];
}

export interface Dataset {
  /** Users with full calendars, whom the reads concern. */
  readonly users: readonly DatasetUser[];
  /** Users whose calendars are empty before the measured creations. */
  readonly writers: readonly DatasetUser[];
  readonly guests: readonly DatasetUser[];
  readonly events: readonly DatasetEvent[];
}

/** Makes the calendars. Each user has exactly `sizes.events` entries: own events and invites. */
export function datasetOf({ users: count, events: entries, anchor }: Sizes): Dataset {
  const everybody = Array.from({ length: count + WRITERS + GUESTS }, (_, index) => ({
    id: index + 1,
    timeZone: ZONES[index % ZONES.length],
  }));
  const users = everybody.slice(0, count);
  const draw = new Draw(1);
  const left = new Map(users.map(({ id }) => [id, entries]));
  const take = ({ id }: DatasetUser) => left.set(id, (left.get(id) ?? 0) - 1);
  const events: DatasetEvent[] = [];
  const hasRoom = ({ id }: DatasetUser) => (left.get(id) ?? 0) > 0;
  while (users.some(hasRoom)) {
    for (const organizer of users) {
      if (!hasRoom(organizer)) continue;
      take(organizer);
      const others = users.filter((user) => user !== organizer && hasRoom(user));
      const times = timesOf(draw, anchor);
      const invited = invitedBy(organizer, others, draw).map((user) => ({
        user,
        answer: draw.weighted(times.rule ? ANSWERS_TO_SERIES : ANSWERS_TO_SINGLE),
      }));
      for (const { user } of invited) take(user);
      events.push({ title: titleOf(draw, events.length), organizer, invited, ...times });
    }
  }
  return {
    users,
    writers: everybody.slice(count, count + WRITERS),
    guests: everybody.slice(count + WRITERS),
    events,
  };
}

/** Four of five invited users have the zone of the organizer, as long as there are any. */
function invitedBy(organizer: DatasetUser, others: readonly DatasetUser[], draw: Draw): DatasetUser[] {
  const invited: DatasetUser[] = [];
  for (let left = draw.weighted(INVITED); left > 0; left -= 1) {
    const free = others.filter((user) => !invited.includes(user));
    const near = free.filter(({ timeZone }) => timeZone === organizer.timeZone);
    invited.push(...draw.sample(near.length > 0 && draw.chance(0.8) ? near : free, 1));
  }
  return invited;
}

/** Makes the events that the measurement creates, without end: each writer in turn invites some guests. */
export function* newEvents({ writers, guests }: Dataset, anchor: number): Generator<DatasetEvent, never> {
  const draw = new Draw(2);
  for (let index = 0; ; index += 1) {
    yield {
      title: titleOf(draw, index),
      organizer: writers[index % writers.length],
      invited: draw
        .sample(guests, draw.weighted(INVITED))
        .map((user) => ({ user, answer: 'needs_action' as const })),
      ...singleTimes(draw, anchor),
    };
  }
}

function titleOf(draw: Draw, index: number): string {
  return `${draw.pick(WORDS)} ${draw.pick(WORDS)} ${index + 1}`;
}
