import { Injectable } from '@nestjs/common';
import type { PendingPolicy } from '../calendar/free-busy.js';
import type { Interval } from '../calendar/interval.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Attended } from './attended-event.js';
import type { SeriesRow } from './series.js';

/** A series, and who of those asked about attends it. */
export type AttendedSeries = SeriesRow & Attended;

/** What takes the time of users in a window: merged where it does not repeat, and the series still to be expanded. */
export interface BusyRows {
  readonly merged: readonly { readonly userId: number; readonly start: number; readonly end: number }[];
  readonly series: readonly AttendedSeries[];
}

/** Which events that do not repeat take a user's time; for series the core decides occurrence by occurrence. */
const BLOCKS = `e.show_as = 'busy' AND a.status <> 'declined'
  AND (a.status IN ('organizer', 'accepted') OR $4 = 'busy')`;

const BUSY_ROWS = `
  WITH attended AS MATERIALIZED (
    SELECT a.user_id, a.status, a.span, ${BLOCKS} AS blocks, e.id, e.all_day, e.time_zone, e.start, e.duration,
           e.rrule, e.rdates, e.exdates, e.show_as, e.rrule IS NOT NULL OR e.rdates <> '{}' AS repeats
      FROM attendees a JOIN events e ON e.id = a.event_id
     WHERE a.user_id = ANY ($1) AND a.span && tstzrange($2, $3, '[]') AND e.status = 'confirmed'
       AND a.event_id IS DISTINCT FROM $5)
  SELECT
    (SELECT coalesce(json_agg(json_build_object('userId', user_id,
        'start', extract(epoch FROM lower(busy)) * 1000, 'end', extract(epoch FROM upper(busy)) * 1000)
        ORDER BY lower(busy)), '[]')
      FROM (SELECT user_id, unnest(range_agg(span)) AS busy
              FROM attended WHERE NOT repeats AND blocks GROUP BY user_id) AS single) AS merged,
    (SELECT coalesce(json_agg(series), '[]')
      FROM (SELECT id, all_day AS "allDay", time_zone AS "timeZone", start, duration, rrule, rdates, exdates,
                   show_as AS "showAs", 'confirmed' AS status,
                   (SELECT coalesce(json_agg(json_build_object('originalStart', o.original_start,
                       'cancelled', o.cancelled, 'start', o.start, 'duration', o.duration, 'showAs', o.show_as)), '[]')
                     FROM occurrence_overrides o WHERE o.event_id = attended.id) AS overrides,
                   json_agg(json_build_object('userId', user_id, 'status', status, 'answers',
                     (SELECT coalesce(json_agg(json_build_object('originalStart', x.original_start,
                         'status', x.status)), '[]')
                       FROM occurrence_answers x
                      WHERE x.event_id = attended.id AND x.user_id = attended.user_id))) AS participants
              FROM attended WHERE repeats
             GROUP BY id, all_day, time_zone, start, duration, rrule, rdates, exdates, show_as) AS series) AS series`;

@Injectable()
export class BusyRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** What may take the time of these users in the window, in one round trip. */
  async inWindow(
    userIds: readonly number[],
    window: Interval,
    pending: PendingPolicy,
    exceptEventId: number | null,
  ): Promise<BusyRows> {
    const rows: BusyRows[] = await this.unitOfWork.manager.query(BUSY_ROWS, [
      userIds,
      new Date(window.start),
      new Date(window.end),
      pending,
      exceptEventId,
    ]);
    return rows[0];
  }
}
