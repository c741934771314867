import type { CivilTime } from '../../time/civil-time.js';
import { timeZone } from '../../time/time-zone.js';
import { writtenTimes } from '../content/time-values.js';
import { FORMS } from '../fields/property-groups.js';
import { ICalendarError } from '../model/icalendar-error.js';
import type { ICalendarEvent } from '../model/icalendar-event.js';
import { MAX_FILE_OVERRIDES } from '../model/icalendar-limits.js';
import type { ReadingContext } from './event-fields.js';
import { withNominalEnds } from './nominal-ends.js';
import { namedStart } from './occurrence-overrides.js';
import { occurrencesAlone } from './occurrences-alone.js';
import { seriesEvent } from './series-event.js';
import { changesFollowing, splitEvents } from './split-events.js';
import { lineOfTime, type VEvent } from './vevent.js';

/** The events of one object, as `ReadEvents` has them. */
export interface ObjectEvents {
  readonly events: readonly [ICalendarEvent, ...ICalendarEvent[]];
  readonly splits: readonly CivilTime[];
  /** The lines of RECURRENCE-ID by original start, if the changed occurrences come without their series. */
  readonly recurrenceLines: ReadonlyMap<CivilTime, number>;
}

const NO_LINES: ReadonlyMap<CivilTime, number> = new Map();

/**
 * The events of all VEVENTs of one UID, in any order. Of several VEVENTs of the series, or of one occurrence, the one with
 * the highest SEQUENCE counts, and of these the one with the latest DTSTAMP.
 * @throws {ICalendarError} naming the line
 * @example objectEvents(vevents, { timeZone: 'Europe/Berlin', notes })
 */
export function objectEvents(vevents: readonly VEvent[], context: ReadingContext): ObjectEvents {
  const masters = vevents.filter(({ recurrenceId }) => recurrenceId === null);
  const changed = latestOfEach(
    vevents.filter(({ recurrenceId }) => recurrenceId !== null),
    (vevent) => occurrenceKey(vevent, context),
    context,
  );
  if (changed.length > MAX_FILE_OVERRIDES) {
    const reason = `An event has at most ${MAX_FILE_OVERRIDES} changed occurrences.`;
    throw new ICalendarError('too_many_values', reason, changed[MAX_FILE_OVERRIDES].line, 'RECURRENCE-ID');
  }
  const [master] = latestOfEach(masters, () => '', context);
  if (master === undefined) {
    for (const vevent of changed.filter(changesFollowing))
      context.notes.warn('range_without_series', RANGE_ALONE, lineOfId(vevent));
    const event = occurrencesAlone(changed, context);
    const lines = changed.map((vevent) => [namedStart(vevent, event), lineOfId(vevent)] as const);
    return { events: [event], splits: [], recurrenceLines: new Map(lines) };
  }
  const following = changed.filter(changesFollowing);
  const single = changed.filter((vevent) => !changesFollowing(vevent));
  const { events, splits } = splitEvents(seriesEvent(master, single, context), following, context);
  const [first, ...later] = events.map((event) =>
    withNominalEnds(event, lineOfTime(master, 'DURATION'), context.notes),
  );
  return { events: [first, ...later], splits, recurrenceLines: NO_LINES };
}

function lineOfId({ recurrenceId, line }: VEvent): number {
  return recurrenceId?.line ?? line;
}

const RANGE_ALONE =
  'RANGE=THISANDFUTURE changes the named occurrence alone: the file does not have its series.';

function latestOfEach(
  vevents: readonly VEvent[],
  keyOf: (vevent: VEvent) => string,
  { notes }: ReadingContext,
): VEvent[] {
  const latest = new Map<string, VEvent>();
  for (const vevent of vevents) {
    const key = keyOf(vevent);
    const before = latest.get(key);
    if (before !== undefined)
      notes.warn('duplicate_component', 'The UID appears twice. The latest version counts.', vevent.line);
    if (before === undefined || isLater(vevent, before)) latest.set(key, vevent);
  }
  return [...latest.values()];
}

function isLater(one: VEvent, other: VEvent): boolean {
  const [a, b] = [one, other].map(({ groups }) => FORMS.revision.read(groups.revision ?? []).revision);
  if (a.sequence !== b.sequence) return a.sequence > b.sequence;
  return (a.stampedAt ?? 0) > (b.stampedAt ?? 0);
}

/** The occurrence that RECURRENCE-ID names, and whether it names all later ones too. */
function occurrenceKey({ recurrenceId }: VEvent, context: ReadingContext): string {
  if (recurrenceId === null) return '';
  const [{ form, civil, zone }] = writtenTimes(recurrenceId);
  const range = recurrenceId.parameters.some(({ name }) => name === 'RANGE') ? 'R' : '';
  return `${range}${form === 'date' ? 'D' : ''}${timeZone(zone ?? context.timeZone).toInstant(civil)}`;
}
