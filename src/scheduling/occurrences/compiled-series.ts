import { Injectable } from '@nestjs/common';
import { compileSeries, type EventSeries } from '../../calendar/recurrence/series/event-series.js';
import { durationOfLength } from '../../calendar/time/length.js';
import {
  type OverrideTimesRecord,
  type SeriesDefinitionRecord,
  type SeriesOverride,
  type SeriesRecord,
  seriesDefinition,
} from './series-record.js';

/** The series of 200 people in a week, and some 20 MB. */
const MAX_KEPT_SERIES = 10_000;

/**
 * Caches compiled series by their definition, not by their event. The same definition always gives the same series, so
 * that no change of an event, on this instance or on another, makes an entry wrong.
 */
@Injectable()
export class CompiledSeries {
  private readonly kept = new Map<string, EventSeries<SeriesOverride<never>>>();
  /** The series of records that stay in memory and never change. */
  private readonly ofKept = new WeakMap<SeriesRecord, EventSeries<SeriesOverride>>();

  of<O extends OverrideTimesRecord>(record: SeriesRecord<O>): EventSeries<SeriesOverride<O>> {
    // The overrides of the series are those of the record.
    const ofKept = this.ofKept.get(record) as EventSeries<SeriesOverride<O>> | undefined;
    return ofKept ?? this.compiled(record);
  }

  /** Compiles the series of a record that never changes, also one with overrides, and keeps it as long as the record. */
  keep(record: SeriesRecord): void {
    this.ofKept.set(record, this.compiled(record));
  }

  private compiled<O extends OverrideTimesRecord>(record: SeriesRecord<O>): EventSeries<SeriesOverride<O>> {
    // Overrides differ from event to event, so that their series would rarely be found again.
    if (record.overrides.length > 0) return compileSeries(seriesDefinition(record));
    const key = keyOf(record);
    const known = this.kept.get(key);
    if (known) return known;
    const series = compileSeries(seriesDefinition<never>({ ...record, overrides: [] }));
    if (this.kept.size === MAX_KEPT_SERIES) this.kept.delete(this.kept.keys().next().value as string);
    this.kept.set(key, series);
    return series;
  }
}

/** No part contains the separator. */
function keyOf(record: SeriesDefinitionRecord): string {
  const { start, length, allDay, timeZone, rule, rdates, exdates, secondPasses } = record;
  const key = `${start}|${durationOfLength(length)}|${allDay}|${timeZone}|${rule?.text ?? ''}`;
  return rdates.length === 0 && exdates.length === 0 && secondPasses === null
    ? key
    : `${key}|${rdates.join()}|${exdates.join()}|${secondPasses ? JSON.stringify(secondPasses) : ''}`;
}
