import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { ReadPolicy, WindowOfUser, WindowRows } from '../../../scheduling/calendars/calendar-reader.js';
import { jsonRows } from '../columns.js';
import {
  attendedColumns,
  busyTimeByEvent,
  isInBusyCalendar,
  isInNoneOf,
  mergedBusyTime,
  openHolds,
  type SeriesRows,
  seriesInJson,
  seriesRecordsOf,
  unwantedPairs,
} from './attended-parts.js';

const OPEN_HOLDS = openHolds(
  '(SELECT * FROM asked)',
  'user_id',
  "tstzrange(asked.window_start, asked.window_end, '[]')",
);

/**
 * `OFFSET 0` makes PostgreSQL look up each window by the index: it cannot estimate the number of the windows. An event
 * that overlaps two windows of a user has two rows in `attended`, which give the same busy time as one.
 */
const WINDOWS = `
  WITH asked AS MATERIALIZED (
    SELECT * FROM unnest($2::integer[], $3::timestamptz[], $4::timestamptz[])
                    AS asked (user_id, window_start, window_end)),
  attended AS MATERIALIZED (
    SELECT found.* FROM asked CROSS JOIN LATERAL (
      SELECT ${attendedColumns('$6', '$2')}
        FROM attendees a JOIN events e ON e.tenant_id = $1 AND e.id = a.event_id
       WHERE a.tenant_id = $1 AND a.user_id = asked.user_id
         AND a.span && tstzrange(asked.window_start, asked.window_end, '[]') AND e.status = 'confirmed'
         AND ${isInBusyCalendar('$2')} AND ${isInNoneOf('$7')}
      OFFSET 0) AS found),
  unwanted AS MATERIALIZED (${unwantedPairs('$2')})
  SELECT
    ${mergedBusyTime('id <> ALL ($5::integer[])', OPEN_HOLDS)} AS merged,
    ${busyTimeByEvent('id = ANY ($5::integer[])')} AS apart,
    ${jsonRows(`SELECT id, time_zone AS "timeZone", away FROM users
                 WHERE tenant_id = $1 AND id = ANY ($2) AND away <> '[]' AND deleted_at IS NULL`)} AS away,
    ${seriesInJson('SELECT DISTINCT ON (id, user_id) * FROM attended WHERE repeats', '$6', '$2')}`;

/** The row of the query. */
type ReadWindowRows = Pick<WindowRows, 'merged' | 'apart' | 'away'> & SeriesRows;

/** Reads the calendars of users in several windows at once. */
@Injectable()
export class CalendarWindowsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  async inWindows(
    windows: readonly WindowOfUser[],
    apartIds: readonly number[],
    pending: ReadPolicy,
    exceptCalendarIds: readonly number[],
  ): Promise<WindowRows> {
    const [rows] = await this.unitOfWork.prepared<ReadWindowRows>(
      { name: 'calendars_in_windows', text: WINDOWS },
      [
        this.tenant.id,
        windows.map(({ userId }) => userId),
        windows.map(({ window }) => new Date(window.start)),
        windows.map(({ window }) => (window.end === Infinity ? null : new Date(window.end))),
        apartIds,
        pending,
        exceptCalendarIds,
      ],
    );
    return { ...rows, ...seriesRecordsOf(rows) };
  }
}
