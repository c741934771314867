import type { Interval } from '../../intervals/interval.js';
import {
  clip,
  type IntervalSet,
  indexEndingAfter,
  intersect,
  normalise,
} from '../../intervals/interval-set.js';
import type { Instant } from '../../time/civil-time.js';
import { Availability } from '../availability.js';
import { commonStarts } from '../common-starts.js';
import { BusyTimeInParts } from '../free-busy.js';
import type { Person } from '../free-interval-query.js';
import type { BusyInPart } from '../search/busy-in-part.js';
import type { MissReason, SeriesSlotQuery } from './series-slot-query.js';

/** The time of one person in the window of a search. */
class Calendar {
  readonly availability: Availability;
  private readonly busy = new BusyTimeInParts();
  private readonly hidden = new BusyTimeInParts();
  private readonly held = new BusyTimeInParts();
  private readUntil: Instant | null = null;

  constructor(
    readonly person: Person,
    private readonly query: SeriesSlotQuery,
  ) {
    this.availability = new Availability(person, query, (instant) => instant);
  }

  extend(
    part: Interval,
    busy: readonly Interval[],
    hidden: readonly Interval[],
    held: readonly Interval[],
  ): void {
    this.availability.extend(part, busy, hidden, held);
    const { bufferBefore, bufferAfter } = this.query;
    const unread = { start: this.readUntil ?? part.start - bufferBefore, end: part.end + bufferAfter };
    this.busy.append(clip(normalise(busy), unread));
    this.hidden.append(clip(normalise(hidden), unread));
    this.held.append(clip(normalise(held), unread));
    this.readUntil = unread.end;
  }

  /** The rules that keep the person from attending a meeting; `[]` if the person can attend. */
  rulesAgainst(meeting: Interval): readonly MissReason['rule'][] {
    if (this.availability.isFree(meeting)) return [];
    const { bufferBefore, bufferAfter } = this.query;
    const around = { start: meeting.start - bufferBefore, end: meeting.end + bufferAfter };
    const during = new Availability(this.person, this.query, (instant) => instant);
    const [busy, hidden, held] = [this.busy, this.hidden, this.held].map(({ set }) => clip(set, around));
    during.extend(meeting, busy, hidden, held);
    return during.rulesBlockingBefore(meeting.end).map(({ rule }) => rule);
  }
}

/**
 * The calendars of the people of a search, over the time of all its series. They come part by part, in order of time.
 * A part that is given with `extend` starts where the last one ended.
 *
 * @example
 * const time = new SeriesSlotTime(query, persons, rooms);
 * time.extend(wholeHorizon, busy, hidden);
 * time.free(wholeHorizon); // the instants at which an occurrence may start
 */
export class SeriesSlotTime {
  private readonly persons: readonly Calendar[];
  private readonly rooms: readonly Calendar[];
  private readonly optional: readonly Calendar[];

  /** @param rooms each must be free in addition to the persons @param optional people who need not be free */
  constructor(
    private readonly query: SeriesSlotQuery,
    persons: readonly Person[],
    rooms: readonly Person[],
    optional: readonly Person[],
  ) {
    this.persons = persons.map((person) => new Calendar(person, query));
    this.rooms = rooms.map((room) => new Calendar(room, query));
    this.optional = optional.map((person) => new Calendar(person, query));
  }

  /**
   * Adds the next part. The calendars are as in `FreeIntervalSearch.advance`: they contain the buffers of the part, which the
   * neighbouring parts contain too.
   */
  extend(part: Interval, { busy, hidden, held }: BusyInPart): void {
    for (const each of [...this.persons, ...this.rooms, ...this.optional]) {
      const { id } = each.person;
      each.extend(part, busy.get(id) ?? [], hidden?.get(id) ?? [], held?.get(id) ?? []);
    }
  }

  /** The instants within a window at which an occurrence may start, so that enough people can attend it. */
  free({ start, end }: Interval): IntervalSet {
    const { duration, minAttending } = this.query;
    const range = { start, end: Math.max(start, end - duration + 1) };
    const quorum = minAttending ?? this.persons.length;
    const ofPersons = commonStarts(availableOf(this.persons), duration, quorum, range);
    if (this.rooms.length === 0) return ofPersons;
    return intersect(ofPersons, commonStarts(availableOf(this.rooms), duration, this.rooms.length, range));
  }

  /** The reasons why the people cannot all attend an occurrence. @param meetsItself whether the occurrence overlaps another one */
  reasonsAgainst(occurrence: Interval, meetsItself: boolean): MissReason[] {
    const ofCalendar = (calendar: Calendar, isRoom: boolean): MissReason[] => {
      const rules = calendar.rulesAgainst(occurrence);
      const all = isRoom && meetsItself && !rules.includes('busy') ? (['busy', ...rules] as const) : rules;
      return reasonsOf(calendar, all);
    };
    return [
      ...this.persons.flatMap((each) => ofCalendar(each, false)),
      ...this.rooms.flatMap((each) => ofCalendar(each, true)),
    ];
  }

  /** The reasons why optional people cannot attend an occurrence. */
  reasonsOfOptional(occurrence: Interval): MissReason[] {
    return this.optional.flatMap((each) => reasonsOf(each, each.rulesAgainst(occurrence)));
  }

  /** Whether two occurrences of one series cannot overlap, since a room holds one meeting at a time. */
  get holdsOneAtATime(): boolean {
    return this.rooms.length > 0;
  }
}

function reasonsOf({ person }: Calendar, rules: readonly MissReason['rule'][]): MissReason[] {
  return rules.map((rule) => ({ userId: person.id, rule, optional: person.optional }));
}

function availableOf(calendars: readonly Calendar[]): IntervalSet[] {
  return calendars.map(({ availability }) => availability.available);
}

/** Whether an instant is in a set. */
export function has(set: IntervalSet, instant: Instant): boolean {
  const index = indexEndingAfter(set, instant);
  return index < set.length && set[index].start <= instant;
}
