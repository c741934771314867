import { Injectable } from '@nestjs/common';
import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { ReadReplica } from '../../database/read-replica.js';
import {
  type CalendarQuery,
  CalendarReader,
  type CalendarRows,
  type WindowRows,
} from '../../scheduling/calendars/calendar-reader.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import { fromStoredWorkingHours, type StoredWorkingHours } from '../../users/model/stored/stored-settings.js';
import { isUnwantedInviter, mayHaveUnwantedInviters } from './acquaintances/unwanted-inviter-query.js';
import { CalendarWindowsRepository, makesBusy } from './calendar-windows.repository.js';
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

/**
 * Pairs of a user and an organizer whose unanswered invitations do not make the user busy. Each pair is checked once for
 * any number of events. With the default of `invitations`, no pair is checked.
 */
const UNWANTED = `
    SELECT pending.user_id, pending.organizer_id
      FROM (SELECT DISTINCT user_id, organizer_id FROM attended
             WHERE status = 'needs_action'
               AND user_id = ANY (ARRAY (
                   SELECT id FROM users
                    WHERE tenant_id = $1 AND id = ANY ($2) AND ${mayHaveUnwantedInviters('invitations')}))
           ) AS pending
      JOIN users u ON u.id = pending.user_id
     WHERE u.tenant_id = $1 AND u.id = ANY ($2) AND ${isUnwantedInviter('u', 'pending.organizer_id')}`;

const IS_UNWANTED = `status = 'needs_action' AND (user_id, organizer_id) IN (SELECT user_id, organizer_id FROM unwanted)`;

const SERIES = [...SERIES_COLUMNS, 'showAs'] as const;
const OVERRIDES = ['eventId', 'originalStart', 'cancelled', 'start', 'duration', 'showAs'] as const;
const ANSWERS = ['eventId', 'userId', 'originalStart', 'status'] as const;

/**
 * PostgreSQL searches the index on (tenant, user, span) once for each user. With `user_id = ANY ($2)`, the plan of the
 * prepared statement searches it by tenant and span alone, since PostgreSQL expects a tenant of average size: it reads all
 * attendees of a large tenant.
 */
const CALENDARS = `
  WITH attended AS MATERIALIZED (
    SELECT a.user_id, a.status, a.span, e.organizer_id, ${EVENT.bare('e', SERIES)},
           ${makesBusy('$5')} AS makes_busy, e.rrule IS NOT NULL OR e.rdates <> '{}' AS repeats
      FROM (SELECT DISTINCT unnest($2::integer[])) AS asked (id)
      CROSS JOIN LATERAL (
        SELECT user_id, event_id, status, span FROM attendees
         WHERE tenant_id = $1 AND user_id = asked.id AND span && tstzrange($3, $4, '[]') OFFSET 0) AS a
      JOIN events e ON e.tenant_id = $1 AND e.id = a.event_id
     WHERE e.status = 'confirmed' AND a.event_id IS DISTINCT FROM $6),
  unwanted AS MATERIALIZED (${UNWANTED})
  SELECT
    ${jsonRows(`SELECT id, time_zone AS "timeZone", working_hours AS "workingHours" FROM users
                 WHERE tenant_id = $1 AND id = ANY ($2) AND deleted_at IS NULL`)} AS owners,
    ${jsonRows(`SELECT user_id AS "userId",
                       extract(epoch FROM lower(busy)) * 1000 AS start, extract(epoch FROM upper(busy)) * 1000 AS end
                  FROM (SELECT user_id, unnest(range_agg(span)) AS busy FROM attended
                         WHERE NOT repeats AND makes_busy AND NOT (${IS_UNWANTED}) GROUP BY user_id) AS single`)} AS merged,
    ${jsonRows(`SELECT user_id AS "userId", CASE WHEN ${IS_UNWANTED} THEN 'declined' ELSE status END AS status,
                       ${EVENT.select('attended', SERIES)}
                  FROM attended WHERE repeats`)} AS series,
    ${jsonRows(`SELECT ${OVERRIDE.select('o', OVERRIDES)} FROM occurrence_overrides o
                 WHERE tenant_id = $1 AND event_id = ANY (ARRAY (SELECT id FROM attended WHERE repeats))`)} AS overrides,
    ${jsonRows(`SELECT ${ANSWER.select('x', ANSWERS)} FROM occurrence_answers x
                 WHERE tenant_id = $1 AND event_id = ANY (ARRAY (SELECT id FROM attended WHERE repeats))
                   AND user_id = ANY ($2)`)} AS answers`;

/** The row of the query. Each part has exactly the columns that the query reads. */
interface ReadCalendarRows extends Pick<CalendarRows, 'merged'> {
  readonly owners: readonly (Omit<CalendarOwner, 'workingHours'> & {
    readonly workingHours: readonly StoredWorkingHours[] | null;
  })[];
  readonly series: readonly (Pick<EventRow, (typeof SERIES)[number]> &
    Pick<AttendeeRow, 'userId' | 'status'>)[];
  readonly overrides: readonly Pick<OccurrenceOverrideRow, (typeof OVERRIDES)[number]>[];
  readonly answers: readonly Pick<OccurrenceAnswerRow, (typeof ANSWERS)[number]>[];
}

@Injectable()
export class CalendarsRepository extends CalendarReader {
  constructor(
    private readonly replica: ReadReplica,
    private readonly windows: CalendarWindowsRepository,
    private readonly tenant: CurrentTenant,
  ) {
    super();
  }

  override async inWindows(queries: readonly CalendarQuery[], pending: PendingPolicy): Promise<WindowRows> {
    return this.windows.inWindows(queries, pending);
  }

  async inWindow(
    userIds: readonly number[],
    { start, end }: Interval,
    pending: PendingPolicy,
    exceptEventId: number | null,
  ): Promise<CalendarRows> {
    const [rows] = await this.replica.prepared<ReadCalendarRows>(
      { name: 'calendars', text: CALENDARS },
      [this.tenant.id, userIds, new Date(start), new Date(end), pending, exceptEventId],
      // A replica may not have a user who has just signed up.
      ([{ owners }]) => owners.length === new Set(userIds).size,
    );
    const owners = rows.owners.map(({ workingHours, ...owner }) => ({
      ...owner,
      workingHours: workingHours?.map(fromStoredWorkingHours) ?? null,
    }));
    const seriesOf = new Map(rows.series.map((row) => [row.id, row]));
    const overrides = rows.overrides.flatMap((row) => {
      const series = seriesOf.get(row.eventId);
      return series ? [overrideFrom(row, series)] : [];
    });
    return { ...rows, owners, series: rows.series.map(seriesFrom), overrides };
  }
}
