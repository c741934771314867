import type { CivilTime } from '../../time/civil-time.js';
import type { Component, ContentLine } from '../model/content-line.js';
import type { ICalendarEvent, ICalendarOverride } from '../model/icalendar-event.js';
import type { KeptContent } from '../model/kept-content.js';
import { type GroupLines, seriesLines } from './event-groups.js';
import { overrideLines, recurrenceId } from './override-groups.js';

/**
 * The VEVENTs of an event: the series, and each occurrence that an override changes.
 * @example eventComponents(event).map(writtenComponent).join('')
 */
export function eventComponents(event: ICalendarEvent): Component[] {
  const { kept, rule, overrides } = event;
  if (kept?.withoutSeries !== undefined && rule === null) return occurrencesAlone(event, kept.withoutSeries);
  const { groups, writtenWithSeries } = seriesLines(event);
  const changed = overrides.filter(({ originalStart }) => !writtenWithSeries.has(originalStart));
  return [component(groups, [], kept, kept), ...changed.map((override) => occurrence(event, override))];
}

function occurrencesAlone(event: ICalendarEvent, recurrence: CivilTime): Component[] {
  const { start, rdates, exdates, overrides, kept } = event;
  if (rdates.length === 0) {
    const { groups } = seriesLines(event);
    return [component(groups, [recurrenceId(event, recurrence)], kept, kept)];
  }
  const byStart = new Map(overrides.map((override) => [override.originalStart, override]));
  const originals = [start, ...rdates].filter((civil) => !exdates.includes(civil));
  return originals.map((originalStart) =>
    occurrence(event, byStart.get(originalStart) ?? { originalStart, cancelled: false, kept: null }),
  );
}

/**
 * The VEVENT of one changed occurrence.
 * @example occurrence(event, event.overrides[0]).properties
 */
export function occurrence(event: ICalendarEvent, override: ICalendarOverride): Component {
  const lines = overrideLines(event, override);
  return component(lines, [recurrenceId(event, override.originalStart)], override.kept, event.kept);
}

/** A VEVENT. What an occurrence does not keep itself, it has of its series. */
function component(
  groups: GroupLines,
  more: readonly ContentLine[],
  own: KeptContent | null,
  series: KeptContent | null,
): Component {
  const { uid, revision, time, rule, dates, people, ...others } = groups;
  return {
    name: 'VEVENT',
    properties: [
      ...uid,
      ...more,
      ...revision,
      ...time,
      ...rule,
      ...dates,
      ...Object.values(others).flat(),
      ...people,
      ...(own?.others ?? series?.others ?? []),
    ],
    components: own?.components ?? series?.components ?? [],
  };
}
