import { Injectable } from '@nestjs/common';
import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { ReadReplica } from '../../database/read-replica.js';
import { CalendarReader, type CalendarRows } from '../../scheduling/calendars/calendar-reader.js';
import { knowEachOther } from '../../users/store/acquaintance-query.js';

/** Which events that do not repeat take a user's time; for series the core decides occurrence by occurrence. */
const BLOCKS = `e.show_as = 'busy' AND a.status <> 'declined'
  AND (a.status IN ('organizer', 'accepted') OR $4 = 'busy' OR ($4 = 'answered' AND a.status = 'tentative'))`;

/**
 * Whose unanswered invitations take no time of whom, as the users' `invitations` say. Each pair is looked at once,
 * however many events there are, and for the default `all` none is.
 */
const UNWANTED = `
    SELECT pending.user_id, pending.organizer_id
      FROM (SELECT DISTINCT user_id, organizer_id FROM attended
             WHERE status = 'needs_action'
               AND user_id = ANY (ARRAY (SELECT id FROM users WHERE id = ANY ($1) AND invitations <> 'all'))
           ) AS pending
      JOIN users u ON u.id = pending.user_id
     WHERE u.invitations = 'none' OR NOT ${knowEachOther('pending.user_id', 'pending.organizer_id')}`;

const IS_UNWANTED = `status = 'needs_action' AND (user_id, organizer_id) IN (SELECT user_id, organizer_id FROM unwanted)`;

const CALENDARS = `
  WITH attended AS MATERIALIZED (
    SELECT a.user_id, a.status, a.span, ${BLOCKS} AS blocks, e.id, e.organizer_id, e.all_day, e.time_zone, e.start,
           e.duration, e.rrule, e.rdates, e.exdates, e.second_passes, e.show_as,
           e.rrule IS NOT NULL OR e.rdates <> '{}' AS repeats
      FROM attendees a JOIN events e ON e.id = a.event_id
     WHERE a.user_id = ANY ($1) AND a.span && tstzrange($2, $3, '[]') AND e.status = 'confirmed'
       AND a.event_id IS DISTINCT FROM $5),
  unwanted AS MATERIALIZED (${UNWANTED})
  SELECT
    (SELECT coalesce(json_agg(owner), '[]')
      FROM (SELECT id, time_zone AS "timeZone", working_hours AS "workingHours"
              FROM users WHERE id = ANY ($1)) AS owner) AS owners,
    (SELECT coalesce(json_agg(merged), '[]')
      FROM (SELECT user_id AS "userId",
                   extract(epoch FROM lower(busy)) * 1000 AS start, extract(epoch FROM upper(busy)) * 1000 AS end
              FROM (SELECT user_id, unnest(range_agg(span)) AS busy
                      FROM attended
                     WHERE NOT repeats AND blocks AND NOT (${IS_UNWANTED}) GROUP BY user_id) AS single) AS merged) AS merged,
    (SELECT coalesce(json_agg(series), '[]')
      FROM (SELECT user_id AS "userId", CASE WHEN ${IS_UNWANTED} THEN 'declined' ELSE status END AS status,
                   id, show_as AS "showAs", all_day AS "allDay", time_zone AS "timeZone", start, duration, rrule,
                   rdates, exdates, second_passes AS "secondPasses"
              FROM attended WHERE repeats) AS series) AS series,
    (SELECT coalesce(json_agg(override), '[]')
      FROM (SELECT event_id AS "eventId", original_start AS "originalStart", cancelled, start, duration,
                   show_as AS "showAs"
              FROM occurrence_overrides
             WHERE event_id = ANY (ARRAY (SELECT id FROM attended WHERE repeats))) AS override) AS overrides,
    (SELECT coalesce(json_agg(answer), '[]')
      FROM (SELECT event_id AS "eventId", user_id AS "userId", original_start AS "originalStart", status
              FROM occurrence_answers
             WHERE event_id = ANY (ARRAY (SELECT id FROM attended WHERE repeats)) AND user_id = ANY ($1)) AS answer)
      AS answers`;

@Injectable()
export class CalendarsRepository extends CalendarReader {
  constructor(private readonly replica: ReadReplica) {
    super();
  }

  /** What may take the time of these users in the window, in one round trip. */
  async inWindow(
    userIds: readonly number[],
    { start, end }: Interval,
    pending: PendingPolicy,
    exceptEventId: number | null,
  ): Promise<CalendarRows> {
    const [rows] = await this.replica.prepared<CalendarRows>(
      { name: 'calendars', text: CALENDARS },
      [userIds, new Date(start), new Date(end), pending, exceptEventId],
      // A replica may not know yet who has only just signed up.
      ([{ owners }]) => owners.length === new Set(userIds).size,
    );
    return rows;
  }
}
