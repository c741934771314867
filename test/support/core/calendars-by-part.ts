import type { BusyTimeByPart } from '../../../src/calendar/availability/search/nearest-free-intervals.js';
import type { Interval } from '../../../src/calendar/intervals/interval.js';
import { clip, normalise } from '../../../src/calendar/intervals/interval-set.js';
import type { SchedulingCase } from './scheduling-arbitraries.js';

type Times = ReadonlyMap<number, readonly Interval[]>;

/** The calendars of a case. They give away the part that was asked for, and nothing more. */
export function calendarsOf(asked: SchedulingCase, partLength: number): BusyTimeByPart {
  const { people, busy, pending, hidden, held } = asked;
  const all = new Map(
    people.map(({ id }) => [id, [...(busy.get(id) ?? []), ...(pending?.get(id) ?? [])]] as const),
  );
  return {
    partLength,
    busyIn: async (part) => within(all, part),
    ...(pending && { firmIn: async (part) => within(busy, part) }),
    ...(hidden && { hiddenIn: async (part) => within(hidden, part) }),
    ...(held && { heldIn: async (part) => within(held, part) }),
  };
}

function within(times: Times, part: Interval): Times {
  return new Map([...times].map(([id, intervals]) => [id, clip(normalise(intervals), part)]));
}
