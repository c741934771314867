import { Injectable } from '@nestjs/common';
import type { PendingPolicy } from '../../../calendar/availability/free-busy.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { CalendarQuery, WindowRows } from '../../../scheduling/calendars/calendar-reader.js';
import {
  attendedColumns,
  isInBusyCalendar,
  mergedBusyTime,
  type SeriesRows,
  seriesInJson,
  seriesRecordsOf,
  unwantedPairs,
} from './attended-parts.js';

/** `OFFSET 0` makes PostgreSQL look up each window by the index: it cannot estimate the number of the windows. */
const WINDOWS = `
  WITH asked AS MATERIALIZED (
    SELECT * FROM unnest($2::integer[], $3::integer[], $4::timestamptz[], $5::timestamptz[], $6::integer[])
                    AS asked (place, user_id, window_start, window_end, except_id)),
  attended AS MATERIALIZED (
    SELECT asked.place, found.* FROM asked CROSS JOIN LATERAL (
      SELECT ${attendedColumns('$7', '$3')}
        FROM attendees a JOIN events e ON e.tenant_id = $1 AND e.id = a.event_id
       WHERE a.tenant_id = $1 AND a.user_id = asked.user_id
         AND a.span && tstzrange(asked.window_start, asked.window_end, '[]') AND e.status = 'confirmed'
         AND a.event_id <> asked.except_id AND ${isInBusyCalendar('$3')}
      OFFSET 0) AS found),
  unwanted AS MATERIALIZED (${unwantedPairs('$3')})
  SELECT
    ${mergedBusyTime('place, user_id', 'place, user_id AS "userId"')} AS merged,
    ${seriesInJson('SELECT DISTINCT ON (id, user_id) * FROM attended WHERE repeats', '$3')}`;

/** The row of the query. */
type ReadWindowRows = Pick<WindowRows, 'merged'> & SeriesRows;

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
    return { ...rows, ...seriesRecordsOf(rows) };
  }
}
