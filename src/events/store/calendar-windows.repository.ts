import { Injectable } from '@nestjs/common';
import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { CalendarQuery, WindowRows } from '../../scheduling/calendars/calendar-reader.js';
import { isUnwantedInviter, mayHaveUnwantedInviters } from './acquaintances/unwanted-inviter-query.js';
import { jsonRows } from './columns.js';
import {
  ANSWER,
  type AttendeeRow,
  EVENT,
  type EventRow,
  type OccurrenceAnswerRow,
  type OccurrenceOverrideRow,
  OVERRIDE,
  SERIES_COLUMNS,
} from './event-tables.js';
import { overrideFrom, seriesFrom } from './time-columns.js';

const SERIES = [...SERIES_COLUMNS, 'showAs'] as const;
const OVERRIDES = ['eventId', 'originalStart', 'cancelled', 'start', 'duration', 'showAs'] as const;
const ANSWERS = ['eventId', 'userId', 'originalStart', 'status'] as const;

/**
 * SQL: the rule of busy time for events that do not repeat. For series, the core decides occurrence by occurrence.
 * @param pending the parameter with the policy for unanswered invitations
 */
export function makesBusy(pending: string): string {
  return `e.show_as = 'busy' AND a.status <> 'declined'
  AND (a.status IN ('organizer', 'accepted') OR ${pending} = 'busy' OR (${pending} = 'answered' AND a.status = 'tentative'))`;
}

const IS_UNWANTED = `status = 'needs_action' AND (user_id, organizer_id) IN (SELECT user_id, organizer_id FROM unwanted)`;

/** `OFFSET 0` makes PostgreSQL look up each window by the index: it cannot estimate the number of the windows. */
const WINDOWS = `
  WITH asked AS MATERIALIZED (
    SELECT * FROM unnest($2::integer[], $3::integer[], $4::timestamptz[], $5::timestamptz[], $6::integer[])
                    AS asked (place, user_id, window_start, window_end, except_id)),
  attended AS MATERIALIZED (
    SELECT asked.place, found.* FROM asked CROSS JOIN LATERAL (
      SELECT a.user_id, a.status, a.span, e.organizer_id, ${EVENT.bare('e', SERIES)},
             ${makesBusy('$7')} AS makes_busy, e.rrule IS NOT NULL OR e.rdates <> '{}' AS repeats
        FROM attendees a JOIN events e ON e.tenant_id = $1 AND e.id = a.event_id
       WHERE a.tenant_id = $1 AND a.user_id = asked.user_id
         AND a.span && tstzrange(asked.window_start, asked.window_end, '[]') AND e.status = 'confirmed'
         AND a.event_id <> asked.except_id
      OFFSET 0) AS found),
  unwanted AS MATERIALIZED (
    SELECT pending.user_id, pending.organizer_id
      FROM (SELECT DISTINCT user_id, organizer_id FROM attended
             WHERE status = 'needs_action'
               AND user_id = ANY (ARRAY (
                   SELECT id FROM users WHERE tenant_id = $1 AND id = ANY ($3) AND ${mayHaveUnwantedInviters('invitations')}))
           ) AS pending
      JOIN users u ON u.tenant_id = $1 AND u.id = pending.user_id
     WHERE ${isUnwantedInviter('u', 'pending.organizer_id')})
  SELECT
    ${jsonRows(`SELECT place, user_id AS "userId",
                       extract(epoch FROM lower(busy)) * 1000 AS start, extract(epoch FROM upper(busy)) * 1000 AS end
                  FROM (SELECT place, user_id, unnest(range_agg(span)) AS busy FROM attended
                         WHERE NOT repeats AND makes_busy AND NOT (${IS_UNWANTED})
                         GROUP BY place, user_id) AS single`)} AS merged,
    ${jsonRows(`SELECT user_id AS "userId", CASE WHEN ${IS_UNWANTED} THEN 'declined' ELSE status END AS status,
                       ${EVENT.select('attended', SERIES)}
                  FROM (SELECT DISTINCT ON (id, user_id) * FROM attended WHERE repeats) AS attended`)} AS series,
    ${jsonRows(`SELECT ${OVERRIDE.select('o', OVERRIDES)} FROM occurrence_overrides o
                 WHERE tenant_id = $1 AND event_id = ANY (ARRAY (SELECT id FROM attended WHERE repeats))`)} AS overrides,
    ${jsonRows(`SELECT ${ANSWER.select('x', ANSWERS)} FROM occurrence_answers x
                 WHERE tenant_id = $1 AND event_id = ANY (ARRAY (SELECT id FROM attended WHERE repeats))
                   AND user_id = ANY ($3)`)} AS answers`;

/** The row of the query. Each part has exactly the columns that the query reads. */
interface ReadWindowRows extends Pick<WindowRows, 'merged'> {
  readonly series: readonly (Pick<EventRow, (typeof SERIES)[number]> &
    Pick<AttendeeRow, 'userId' | 'status'>)[];
  readonly overrides: readonly Pick<OccurrenceOverrideRow, (typeof OVERRIDES)[number]>[];
  readonly answers: readonly Pick<OccurrenceAnswerRow, (typeof ANSWERS)[number]>[];
}

/** Reads the calendars of users in several windows at once. */
@Injectable()
export class CalendarWindowsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  async inWindows(queries: readonly CalendarQuery[], pending: PendingPolicy): Promise<WindowRows> {
    const asked = queries.flatMap(({ userIds, window, exceptEventId }, place) =>
      userIds.map((userId) => [place, userId, new Date(window.start), new Date(window.end), exceptEventId]),
    );
    const columns = [0, 1, 2, 3, 4].map((column) => asked.map((row) => row[column]));
    const [rows] = await this.unitOfWork.prepared<ReadWindowRows>(
      { name: 'calendars_in_windows', text: WINDOWS },
      [this.tenant.id, ...columns, pending],
    );
    const seriesOf = new Map(rows.series.map((row) => [row.id, row]));
    const overrides = rows.overrides.flatMap((row) => {
      const series = seriesOf.get(row.eventId);
      return series ? [overrideFrom(row, series)] : [];
    });
    return { ...rows, series: rows.series.map(seriesFrom), overrides };
  }
}
