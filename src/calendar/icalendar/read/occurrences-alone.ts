import type { CivilTime } from '../../time/civil-time.js';
import type { ICalendarEvent } from '../model/icalendar-event.js';
import { isNamedByDate } from './dated-recurrence-ids.js';
import type { ReadingContext } from './event-fields.js';
import { namedStart, occurrenceOverride } from './occurrence-overrides.js';
import { seriesEvent } from './series-event.js';
import type { VEvent } from './vevent.js';

/**
 * The event of changed occurrences whose series the file does not have: a guest of single occurrences gets such a file. One
 * occurrence is an event that does not repeat. Several are a series of their original starts.
 * @param changed at least one
 * @example occurrencesAlone(vevents, context).kept?.withoutSeries
 */
export function occurrencesAlone(changed: readonly VEvent[], context: ReadingContext): ICalendarEvent {
  const [first, ...others] = changed
    .map((vevent) => ({ vevent, event: seriesEvent(withoutRecurrence(vevent), [], context) }))
    .map(({ vevent, event }) => ({ vevent, event, original: namedStart(vevent, event) }))
    .toSorted((a, b) => a.original - b.original);
  const { event, original } = first;
  const originals = [original, ...others.map(({ vevent }) => namedStart(vevent, event))];
  const namedByDate = originals.filter((_, index) => isNamedByDate([first, ...others][index].vevent));
  const kept = {
    ...event.kept,
    withoutSeries: original,
    ...(namedByDate.length > 0 && { namedByDate }),
  };
  const alone = { ...event, rule: null, exdates: [], kept };
  if (others.length === 0) return { ...alone, rdates: [] };
  const rdates = [...new Set(originals)].filter((civil) => civil !== original).toSorted(ascending);
  const series: ICalendarEvent = { ...alone, start: original, rdates, status: 'confirmed', overrides: [] };
  const overrides = [first, ...others].map(({ vevent }, index) =>
    occurrenceOverride(vevent, originals[index], series, context),
  );
  return { ...series, overrides: overrides.filter(isChange) };
}

/** A VEVENT without what only a series has. */
function withoutRecurrence(vevent: VEvent): VEvent {
  const { rule: _rule, dates: _dates, ...groups } = vevent.groups;
  return { ...vevent, groups };
}

/** Whether an override changes anything. */
function isChange({ cancelled, kept, ...fields }: ICalendarEvent['overrides'][number]): boolean {
  return cancelled || kept !== null || Object.keys(fields).length > 1;
}

function ascending(a: CivilTime, b: CivilTime): number {
  return a - b;
}
