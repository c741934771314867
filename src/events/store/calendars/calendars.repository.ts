import { Injectable } from '@nestjs/common';
import type { Interval } from '../../../calendar/intervals/interval.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { ReadReplica } from '../../../database/read-replica.js';
import {
  CalendarReader,
  type CalendarRows,
  type ReadPolicy,
  type WindowOfUser,
  type WindowRows,
} from '../../../scheduling/calendars/calendar-reader.js';
import type { CalendarOwner } from '../../../users/model/calendar-owner.js';
import {
  fromStoredWorkingHours,
  type StoredWorkingHours,
} from '../../../users/model/stored/stored-settings.js';
import { jsonRows } from '../columns.js';
import {
  attendedColumns,
  isInBusyCalendar,
  isInNoneOf,
  mergedBusyTime,
  openHolds,
  type SeriesRows,
  seriesInJson,
  seriesRecordsOf,
  unwantedPairs,
} from './attended-parts.js';
import { CalendarWindowsRepository } from './calendar-windows.repository.js';

/**
 * PostgreSQL searches the index on (tenant, user, span) once for each user. With `user_id = ANY ($2)`, the plan of the
 * prepared statement searches it by tenant and span alone, since PostgreSQL expects a tenant of average size: it reads all
 * attendees of a large tenant.
 */
const CALENDARS = `
  WITH attended AS MATERIALIZED (
    SELECT ${attendedColumns('$5', '$2')}
      FROM (SELECT DISTINCT unnest($2::integer[])) AS asked (id)
      CROSS JOIN LATERAL (
        SELECT user_id, event_id, status, span, calendar_id FROM attendees
         WHERE tenant_id = $1 AND user_id = asked.id AND span && tstzrange($3, $4, '[]') OFFSET 0) AS a
      JOIN events e ON e.tenant_id = $1 AND e.id = a.event_id
     WHERE e.status = 'confirmed' AND ${isInBusyCalendar('$2')} AND ${isInNoneOf('$6')}),
  unwanted AS MATERIALIZED (${unwantedPairs('$2')})
  SELECT
    ${jsonRows(`SELECT id, kind, time_zone AS "timeZone", working_hours AS "workingHours",
                       availability_overrides AS "availabilityOverrides", away FROM users
                 WHERE tenant_id = $1 AND id = ANY ($2) AND deleted_at IS NULL`)} AS owners,
    ${mergedBusyTime()} AS merged,
    ${jsonRows(openHolds('(SELECT DISTINCT unnest($2::integer[]) AS id)', 'id', "tstzrange($3, $4, '[]')"))} AS held,
    ${seriesInJson('SELECT * FROM attended WHERE repeats', '$5', '$2')}`;

/** The row of the query. */
interface ReadCalendarRows extends Pick<CalendarRows, 'merged' | 'held'>, SeriesRows {
  readonly owners: readonly (Omit<CalendarOwner, 'workingHours'> & {
    readonly workingHours: readonly StoredWorkingHours[] | null;
  })[];
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

  override async inWindows(
    windows: readonly WindowOfUser[],
    apartIds: readonly number[],
    pending: ReadPolicy,
    exceptCalendarIds: readonly number[],
  ): Promise<WindowRows> {
    return this.windows.inWindows(windows, apartIds, pending, exceptCalendarIds);
  }

  async inWindow(
    userIds: readonly number[],
    { start, end }: Interval,
    pending: ReadPolicy,
    exceptCalendarIds: readonly number[],
  ): Promise<CalendarRows> {
    const [rows] = await this.replica.prepared<ReadCalendarRows>(
      { name: 'calendars', text: CALENDARS },
      [this.tenant.id, userIds, new Date(start), new Date(end), pending, exceptCalendarIds],
      // A replica may not have a user who has just signed up.
      ([{ owners }]) => owners.length === new Set(userIds).size,
    );
    const owners = rows.owners.map(({ workingHours, ...owner }) => ({
      ...owner,
      workingHours: workingHours?.map(fromStoredWorkingHours) ?? null,
    }));
    return { ...rows, owners, ...seriesRecordsOf(rows) };
  }
}
