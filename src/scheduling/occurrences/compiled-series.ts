import { Injectable } from '@nestjs/common';
import { compileSeries, type EventSeries } from '../../calendar/recurrence/series/event-series.js';
import {
  type OverrideTimesRow,
  type SeriesDefinitionRow,
  type SeriesOverride,
  type SeriesRow,
  seriesDefinition,
} from './series-row.js';

/** What 200 people have in a week, and some 20 MB. */
const MAX_KEPT = 10_000;

/**
 * Keeps series that were compiled, by what they are and not by their event: the same definition is the same series
 * for ever, so that nothing has to be forgotten when an event changes, on this instance or on another.
 */
@Injectable()
export class CompiledSeries {
  private readonly kept = new Map<string, EventSeries<SeriesOverride<never>>>();

  of<O extends OverrideTimesRow>(row: SeriesRow<O>): EventSeries<SeriesOverride<O>> {
    // Overrides differ from event to event and carry their rows: not worth the key.
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

/** No part can hold the bar that stands between them. */
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
