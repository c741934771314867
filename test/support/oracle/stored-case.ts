import type { NearestInterval } from '../../../clients/typescript/src/schema.js';
import type { Person } from '../../../src/calendar/availability/free-interval-query.js';
import { isWeekly, type WorkingHours } from '../../../src/calendar/availability/working-hours.js';
import type { Interval } from '../../../src/calendar/intervals/interval.js';
import { DAY, formatCivilDate, MINUTE, SECOND } from '../../../src/calendar/time/civil-time.js';
import { formatInstant } from '../../../src/calendar/time/instant.js';
import { toNearestIntervalDto } from '../../../src/scheduling/nearest-interval/rest/nearest-interval.mapper.js';
import type { Client } from '../client/client.js';
import { createUsers } from '../client/users.js';
import { bruteForce } from '../core/free-interval-oracle.js';
import type { SchedulingCase } from '../core/scheduling-arbitraries.js';

/** A search whose users and events the service has stored. */
export interface StoredCase {
  /** The request of the search. */
  readonly path: `/events:nearest-empty-time-interval?${string}`;
  /** The response by brute force. */
  readonly expected: NearestInterval;
}

/** Creates the users and the events of a search, each through the next client. */
export async function storeCase(nextClient: () => Client, asked: SchedulingCase): Promise<StoredCase> {
  const required = asked.people.filter(({ optional }) => !optional);
  const ordered = [...required, ...asked.people.filter(({ optional }) => optional)];
  const people: Person[] = [];
  const busy = new Map<number, readonly Interval[]>();
  for (const person of ordered) {
    const [id] = await createUsers(nextClient(), 1, {
      time_zone: person.timeZone.name,
      ...(person.workingHours && {
        working_hours: shiftsOf(person.workingHours),
        availability_overrides: overridesOf(person.workingHours),
      }),
      away: person.away?.map(({ start, end }) => ({ from: formatInstant(start), to: formatInstant(end) })),
    });
    const times = asked.busy.get(person.id) ?? [];
    for (const { start, end } of times) {
      await nextClient().create('/events', {
        title: 'Busy',
        organizer_user_id: id,
        start_date: formatInstant(start),
        duration: (end - start) / SECOND,
      });
    }
    people.push({ ...person, id });
    busy.set(id, times);
  }
  const { step } = asked.query;
  // The steps of the service are those of the clock of the first user.
  const query = { ...asked.query, step: step && { ...step, zone: people[0].timeZone } };
  return {
    path: `/events:nearest-empty-time-interval?${parametersOf({ query, people, busy })}`,
    expected: toNearestIntervalDto(bruteForce({ query, people, busy })),
  };
}

function parametersOf({ query, people }: SchedulingCase): string {
  const { window, duration, step, bufferBefore, bufferAfter, minAttending, limit } = query;
  const parameters = new URLSearchParams({
    duration: String(duration / SECOND),
    from: formatInstant(window.start),
    to: formatInstant(window.end),
    buffer_before: String(bufferBefore / SECOND),
    buffer_after: String(bufferAfter / SECOND),
    limit: String(limit),
  });
  if (step) parameters.set('step', String(step.period / SECOND));
  if (minAttending !== null) parameters.set('min_attending', String(minAttending));
  for (const { id, optional } of people)
    parameters.append(optional ? 'optional_user_ids' : 'user_ids', String(id));
  return parameters.toString();
}

function shiftsOf(hours: WorkingHours) {
  return hours.filter(isWeekly).map(({ daysOfWeek, from, to }) => ({
    days_of_week: [...daysOfWeek],
    from: clockTime(from),
    to: clockTime(to),
  }));
}

function overridesOf(hours: WorkingHours) {
  return hours.flatMap((row) =>
    isWeekly(row)
      ? []
      : [
          {
            date: formatCivilDate(row.date * DAY),
            intervals: row.hours.map(({ from, to }) => ({ from: clockTime(from), to: clockTime(to) })),
          },
        ],
  );
}

/** `HH:MM`. */
function clockTime(time: number): string {
  const [hours, minutes] = [Math.floor(time / MINUTE / 60), (time / MINUTE) % 60];
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
