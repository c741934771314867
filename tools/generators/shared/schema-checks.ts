/** Checks the generated types by compiling. Each project compiles this file with its own `schemas`. */
import type { Event, EventPatch, NewEvent, NewUser, RedactedEvent, Repeat } from 'schemas';

/** `redacted` distinguishes the forms of an event. */
export function titleOf(event: Event | RedactedEvent): string | null {
  if (event.redacted) {
    // @ts-expect-error A redacted event has no title.
    void event.title;
    return null;
  }
  return event.title;
}

/** `frequency` distinguishes the ways to repeat; a rule and dates have no `frequency`. */
export function weekdaysOf(repeat: Repeat): readonly number[] {
  if (!('frequency' in repeat)) return [];
  switch (repeat.frequency) {
    case 'weekly':
      // @ts-expect-error A weekly event has no day of the month.
      void repeat.day_of_month;
      return repeat.days_of_week ?? [];
    case 'weekdays':
      return [1, 2, 3, 4, 5];
    default:
      return [];
  }
}

/** The `repeat` of a response fits into a request. */
export function sentBack(event: Event): EventPatch {
  return { repeat: event.repeat };
}

const TIMES = { start_date: '2022-09-06T14:16:47Z', duration: 6000 };

/** Fields with a default may be absent. */
export const REQUESTS: [NewUser, NewEvent] = [
  { name: 'Ivan', email: 'ivan@example.com', default_reminders: [{ minutes_before: 10 }] },
  { title: 'Planning', organizer_user_id: 1, ...TIMES },
];

export const REPEATS: Repeat[] = [
  { frequency: 'daily' },
  { frequency: 'daily', interval: 2, count: 10 },
  { frequency: 'weekly', days_of_week: [1, 2, 3], until: '2022-12-31' },
  { frequency: 'weekdays', exdates: ['2022-09-07T14:16:47Z'] },
  { frequency: 'monthly' },
  { frequency: 'monthly', day_of_month: 6 },
  { frequency: 'monthly', days_of_week: [2], week_of_month: -1 },
  { frequency: 'yearly', month_of_year: 9, day_of_month: 6 },
  { frequency: 'yearly', month_of_year: 9, days_of_week: [2], week_of_month: 1 },
  { rrule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', exdates: ['2022-10-31T14:16:47Z'] },
  { rdates: ['2022-09-10T14:16:47Z'] },
];

export const IMPOSSIBLE: Repeat[] = [
  // @ts-expect-error An unknown frequency.
  { frequency: 'hourly' },
  // @ts-expect-error A daily event has no day of the month.
  { frequency: 'daily', day_of_month: 6 },
  // @ts-expect-error A weekly event has no month.
  { frequency: 'weekly', month_of_year: 9 },
  // @ts-expect-error `weekdays` has fixed days.
  { frequency: 'weekdays', days_of_week: [1] },
  // @ts-expect-error A monthly event has no month.
  { frequency: 'monthly', month_of_year: 9 },
  // @ts-expect-error Neither a frequency nor a rule nor dates.
  {},
];
