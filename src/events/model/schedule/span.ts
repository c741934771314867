import { seriesSpan } from '../../../calendar/recurrence/series/series-span.js';
import { DAY, type Instant } from '../../../calendar/time/civil-time.js';
import { endAfter } from '../../../calendar/time/length.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import { repeats, type SeriesOverride } from '../../../scheduling/occurrences/series-record.js';
import { type Schedule, seriesOf } from './schedule.js';

/**
 * The tstzrange literal that covers all occurrences. The span of floating days covers them in every zone. The span of an event that does not repeat is exactly its time; the
 * span of an event without a length has only its start. The
 * span of a series is a day longer on both sides, since new zone data may move the series. The span
 * of an endless series has no upper bound.
 */
export function spanOf(schedule: Schedule, overrides: readonly SeriesOverride[] = []): string {
  if (schedule.floating) return spanOfDays(schedule, overrides);
  if (!repeats(schedule)) {
    const { startAt, length } = schedule;
    return rangeLiteral(startAt, endAfter(startAt, length, timeZone(schedule.timeZone)));
  }
  const { start, end } = seriesSpan(seriesOf(schedule, overrides));
  return rangeLiteral(start - DAY, end === null ? null : end + DAY);
}

/** The days in every zone: no zone is a day away from UTC. */
function spanOfDays(schedule: Schedule, overrides: readonly SeriesOverride[]): string {
  const inUtc = { ...schedule, timeZone: 'UTC' };
  const { start, end } = seriesSpan(seriesOf(inUtc, overrides));
  return rangeLiteral(start - DAY, end === null ? null : end + DAY);
}

function rangeLiteral(start: Instant, end: Instant | null): string {
  const upper = end === null ? '' : new Date(end).toISOString();
  return `[${new Date(start).toISOString()},${upper}${start === end ? ']' : ')'}`;
}
