import { CalendarError } from '../../calendar-error.js';
import { originalStartsIn } from '../../recurrence/changes/series-move.js';
import { splitSeries } from '../../recurrence/changes/split-series.js';
import { movedRule } from '../../recurrence/rule/moved-rule.js';
import type { SeriesDefinition } from '../../recurrence/series/event-series.js';
import type { CivilTime } from '../../time/civil-time.js';
import { timeZone as zoneOf } from '../../time/time-zone.js';
import { basicDateText, basicTimeText } from '../content/basic-time.js';
import { parameterOf } from '../content/time-values.js';
import { seriesLengthOf } from '../fields/time-fields.js';
import type { ICalendarEvent, ICalendarOverride } from '../model/icalendar-event.js';
import { MAX_UID_LENGTH } from '../model/icalendar-limits.js';
import { occurrence } from '../write/event-components.js';
import { seriesLines } from '../write/event-groups.js';
import { occurrenceTime } from '../write/override-groups.js';
import { checkedTime, plainFields, type ReadingContext } from './event-fields.js';
import { keptOf } from './kept-of.js';
import { namedStart, occurrenceOverride } from './occurrence-overrides.js';
import { lineOfTime, type VEvent } from './vevent.js';
import { writtenVEvent } from './written-vevent.js';

/** The parts of a series, and the starts that the series before each later part gives its first occurrence. */
export interface SplitEvents {
  readonly events: readonly [ICalendarEvent, ...ICalendarEvent[]];
  readonly splits: readonly CivilTime[];
}

/**
 * Whether a VEVENT changes an occurrence and all later ones: RANGE=THISANDFUTURE (RFC 5545 §3.2.13).
 * @example changesFollowing(vevent)
 */
export function changesFollowing({ recurrenceId }: VEvent): boolean {
  return recurrenceId !== null && parameterOf(recurrenceId, 'RANGE')?.toUpperCase() === 'THISANDFUTURE';
}

/**
 * A series, split before each occurrence from which on a VEVENT changes it. Each later part has the fields of its VEVENT, and
 * starts as much later or earlier as the VEVENT says. Changed occurrences, RDATEs and EXDATEs go to their part, and move
 * with it.
 * @param changes VEVENTs with RANGE=THISANDFUTURE
 * @example splitEvents(event, changes, context).events.length
 */
export function splitEvents(
  event: ICalendarEvent,
  changes: readonly VEvent[],
  context: ReadingContext,
): SplitEvents {
  const events: [ICalendarEvent, ...ICalendarEvent[]] = [event];
  let hasFirst = true;
  const splits: CivilTime[] = [];
  const named = changes.map((vevent) => ({ vevent, target: namedStart(vevent, event) }));
  for (const { vevent, target } of named.toSorted((a, b) => a.target - b.target)) {
    // The starts of a part that has moved are no longer those that RECURRENCE-ID names.
    const current = events[events.length - 1];
    const shift = splits.length === 0 ? 0 : current.start - (splits.at(-1) ?? 0);
    const parts = partsAt(current, target + shift);
    if (parts === null) {
      context.notes.warn(
        'no_occurrence',
        'The series has no occurrence at RECURRENCE-ID or later.',
        vevent.recurrenceId?.line ?? vevent.line,
      );
      continue;
    }
    const tail = changedTail(parts.after, vevent, target + shift, context, uidOf(event, target));
    if (parts.before === null) {
      hasFirst &&= events.length > 1;
      events.pop();
    } else events[events.length - 1] = { ...current, ...parts.before };
    if (parts.before !== null) splits.push(parts.after.start - shift);
    events.push(parts.before === null ? { ...tail, uid: current.uid } : tail);
  }
  const [first, ...later] = events.map((part, index) =>
    index === 0 && hasFirst ? part : withOverridesOf(event, part, context),
  );
  return { events: [first, ...later], splits };
}

/** A later part, whose overrides differ from the series as it was, and now differ from the part. */
function withOverridesOf(
  event: ICalendarEvent,
  part: ICalendarEvent,
  context: ReadingContext,
): ICalendarEvent {
  if (part.overrides.length === 0) return part;
  const overrides = part.overrides.map((override) => {
    const vevent = writtenVEvent(occurrence(event, override), LINE_OF_NONE, context);
    return occurrenceOverride(vevent, override.originalStart, part, context);
  });
  return { ...part, overrides };
}

/** Their lines are read already. */
const LINE_OF_NONE = 0;

/** The UID of the later part of a series: the same at each import of the file. */
function uidOf({ uid, allDay }: ICalendarEvent, target: CivilTime): string {
  const end = `_R${allDay ? basicDateText(target) : basicTimeText(target)}`;
  return `${(uid ?? '').slice(0, MAX_UID_LENGTH - end.length)}${end}`;
}

type Series = SeriesDefinition<ICalendarOverride>;

function partsAt(
  event: ICalendarEvent,
  target: CivilTime,
): { before: ICalendarEvent | null; after: ICalendarEvent } | null {
  try {
    const { before, after } = splitSeries<ICalendarOverride>(event, target);
    return { before: before && withSeries(event, before), after: withSeries(event, after) };
  } catch (error) {
    if (error instanceof CalendarError && error.code === 'occurrence_not_found') return null;
    throw error;
  }
}

function withSeries(
  event: ICalendarEvent,
  { start, rule, rdates, exdates, overrides }: Series,
): ICalendarEvent {
  const others = rdates.filter((civil) => rule !== null || civil !== start || rdates.length === 1);
  return {
    ...event,
    start,
    rule,
    rdates: others.toSorted(ascending),
    exdates: exdates.toSorted(ascending),
    overrides,
  };
}

function ascending(a: number, b: number): number {
  return a - b;
}

/** The later part of a series with the fields of the VEVENT that changes it. */
function changedTail(
  part: ICalendarEvent,
  vevent: VEvent,
  target: CivilTime,
  context: ReadingContext,
  uid: string,
): ICalendarEvent {
  const written = checkedTime(vevent, context);
  const time = occurrenceTime(written, part);
  const start = part.start + shiftOf(target, time.start, part);
  const rule = part.rule && movedRule(part.rule, start);
  if (part.rule !== null && rule === null) {
    const detail = 'The rule cannot follow the new start, so the times stay.';
    context.notes.warn('split_not_moved', detail, lineOfTime(vevent, 'DTSTART'));
  }
  const next = part.rule !== null && rule === null ? part : { ...part, start, rule };
  const fields = plainFields(vevent);
  const times = timesOf(part, next);
  const nominal = part.allDay ? null : written.nominal;
  const length = seriesLengthOf({ length: time.length, nominal }, times);
  if (nominal !== null) context.notes.warn('nominal_duration', TAIL_OF_DAYS, lineOfTime(vevent, 'DURATION'));
  const plain = { ...fields, ...times, length, kept: null, uid };
  const { groups: { uid: _uid, time: _time, rule: _rule, dates: _dates, ...groups } = {}, ...kept } = keptOf(
    vevent,
    seriesLines(plain).groups,
  );
  return {
    ...plain,
    kept: {
      ...(part.kept?.floatingIn !== undefined && { floatingIn: part.kept.floatingIn }),
      ...kept,
      groups,
    },
  };
}

/** How much later a start is than the one that the series gives. An instant after a gap of the clocks is also a start in the gap. */
function shiftOf(
  from: CivilTime,
  to: CivilTime,
  { allDay, timeZone: name }: Pick<ICalendarEvent, 'allDay' | 'timeZone'>,
): number {
  if (allDay) return to - from;
  const zone = zoneOf(name);
  return zone.toInstant(from) === zone.toInstant(to) ? 0 : to - from;
}

const TAIL_OF_DAYS = 'DURATION has days. Each day of the later occurrences has 24 hours.';

/** The times of a part after a move. */
function timesOf(part: ICalendarEvent, next: ICalendarEvent) {
  const { allDay, floating, timeZone, endTimeZone, start, rule } = next;
  const common = { allDay, floating, timeZone, endTimeZone, start, rule };
  const { rdates, exdates, overrides } = part;
  if (start === part.start) return { ...common, rdates, exdates, overrides };
  const delta = start - part.start;
  const moved = originalStartsIn(part, { ...next, rdates: rdates.map((civil) => civil + delta) });
  const place = (civil: CivilTime) => moved(civil) ?? civil + delta;
  return {
    ...common,
    rdates: rdates.map((civil) => civil + delta),
    exdates: exdates.map(place),
    overrides: overrides.map((override) => movedOverride(override, place)),
  };
}

/** An override of a part that has moved. The occurrence keeps the time that its VEVENT names. */
function movedOverride(
  override: ICalendarOverride,
  place: (civil: CivilTime) => CivilTime,
): ICalendarOverride {
  const { originalStart, start = originalStart } = override;
  return { ...override, originalStart: place(originalStart), start };
}
