import type { Interval } from '../../intervals/interval.js';
import type { BlockingRule } from '../availability.js';
import type { FreeIntervalQuery, Person } from '../free-interval-query.js';
import { ANY_TIME, isWeekly, type WorkingHours } from '../working-hours.js';

/** A rule that a relaxation drops. `pending` is the busy time that is not firm; `busy` is all busy time. */
export type RelaxableRule = BlockingRule | 'pending';

/** The calendar of one person in a part of a search. */
export interface CalendarInPart {
  readonly busy: readonly Interval[];
  /** Busy time of calendars that the reader of the answer may not see. */
  readonly hidden?: readonly Interval[];
  /** The busy time without time that is not firm; absent: all busy time is firm, or nobody may drop the rest. */
  readonly firm?: readonly Interval[];
  /** Time that is held for events that may come. */
  readonly held?: readonly Interval[];
}

type Buffers = Pick<FreeIntervalQuery, 'bufferBefore' | 'bufferAfter' | 'duration'>;

/** How a search sees a person if it drops one rule. Without `date_override`, the hours of the week apply on each date. */
interface DroppedRule {
  readonly rule: RelaxableRule;
  /** Whether the rule can block the person at all. */
  readonly concerns: (person: Person, query: Buffers) => boolean;
  readonly person?: (person: Person) => Person;
  readonly query?: (query: Buffers) => Buffers;
  readonly calendar?: (calendar: CalendarInPart) => CalendarInPart;
}

/** In the order in which an answer lists relaxations that start at the same time. */
const DROPPED_RULES: readonly DroppedRule[] = [
  {
    rule: 'busy',
    concerns: sharesAll,
    calendar: (calendar) => ({ ...calendar, busy: [] }),
  },
  {
    rule: 'pending',
    concerns: sharesAll,
    calendar: ({ firm, ...calendar }) => ({ ...calendar, busy: firm ?? calendar.busy }),
  },
  {
    rule: 'away',
    concerns: (person) => sharesAll(person) && (person.away ?? []).length > 0,
    person: (person) => ({ ...person, away: undefined }),
  },
  {
    rule: 'hold',
    concerns: sharesAll,
    calendar: ({ busy, hidden, firm }) => ({ busy, hidden, firm }),
  },
  {
    rule: 'buffer',
    concerns: (person, { bufferBefore, bufferAfter }) => sharesAll(person) && bufferBefore + bufferAfter > 0,
    query: (query) => ({ ...query, bufferBefore: 0, bufferAfter: 0 }),
  },
  {
    rule: 'date_override',
    concerns: (person) => sharesAll(person) && !(person.workingHours ?? []).every(isWeekly),
    person: (person) => ({ ...person, workingHours: person.workingHours?.filter(isWeekly) ?? null }),
  },
  {
    rule: 'outside_working_hours',
    concerns: (person) => sharesAll(person) && person.workingHours !== null,
    person: (person) => ({ ...person, workingHours: withoutWeekly(person.workingHours ?? []) }),
  },
  {
    rule: 'calendar_not_shared',
    concerns: (person) => !sharesAll(person),
    person: (person) => ({ ...person, hiddenCalendars: undefined }),
    calendar: ({ busy, firm, held }) => ({ busy, firm, held }),
  },
];

/**
 * Returns the rules that can block a person. If the reader of the answer may not see all calendars of the person, that is
 * the only one: without another rule, hidden time would still block, and the answer would reveal it.
 *
 * @example rulesThatConcern(person, query).map(({ rule }) => rule); // ['busy', 'pending', 'outside_working_hours']
 */
export function rulesThatConcern(person: Person, query: Buffers): readonly DroppedRule[] {
  return DROPPED_RULES.filter(({ concerns }) => concerns(person, query));
}

/** The hours of dates still apply on these dates, and a shift of the week still goes on into one. */
function withoutWeekly(hours: WorkingHours): WorkingHours | null {
  return hours.every(isWeekly) ? null : [...hours, ...ANY_TIME];
}

function sharesAll({ hiddenCalendars }: Person): boolean {
  return hiddenCalendars === undefined;
}
