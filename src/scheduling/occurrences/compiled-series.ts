import { Injectable } from '@nestjs/common';
import { compileSeries, type EventSeries } from '../../calendar/recurrence/series/event-series.js';
import {
  type OverrideTimesRow,
  type SeriesDefinitionRow,
  type SeriesOverride,
  type SeriesRow,
  seriesDefinition,
} from './series-row.js';

/** The series of 200 people in a week, and some 20 MB. */
const MAX_KEPT = 10_000;

/**
 * Caches compiled series by their definition, not by their event. The same definition always gives the same series, so
 * that no change of an event, on this instance or on another, makes an entry wrong.
 */
@Injectable()
export class CompiledSeries {
  private readonly kept = new Map<string, EventSeries<SeriesOverride<never>>>();

  of<O extends OverrideTimesRow>(row: SeriesRow<O>): EventSeries<SeriesOverride<O>> {
    // Overrides differ from event to event, so that their series would rarely be found again.
    if (row.overrides.length > 0) return compileSeries(seriesDefinition(row));
    const key = keyOf(row);
    const known = this.kept.get(key);
    if (known) return known;
    const series = compileSeries(seriesDefinition<never>({ ...row, overrides: [] }));
    if (this.kept.size === MAX_KEPT) this.kept.delete(this.kept.keys().next().value as string);
    this.kept.set(key, series);
    return series;
  }
}

/** No part contains the separator. */
function keyOf(row: SeriesDefinitionRow): string {
  return [
    row.start,
    row.duration,
    row.allDay,
    row.timeZone,
    row.rrule,
    row.rdates.join(),
    row.exdates.join(),
    row.secondPasses && JSON.stringify(row.secondPasses),
  ].join('|');
}
