import { Injectable } from '@nestjs/common';
import type { Interval } from '../../../calendar/intervals/interval.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import {
  type CachedOwner,
  CalendarEntryReader,
  type ChangedEntries,
  type KnownEntries,
  type LoadedCalendars,
  type LookedUpVersions,
  type PrimaryCalendar,
} from '../../../scheduling/cache/calendar-entry-reader.js';
import {
  fromStoredReminder,
  fromStoredWorkingHours,
  type StoredReminder,
  type StoredWorkingHours,
} from '../../../users/model/stored/stored-settings.js';
import { type SeriesRows, seriesRecordsOf } from './attended-parts.js';
import { CHANGED, LOAD, VERSIONS } from './calendar-entries-query.js';

const NO_TIME: Interval = { start: 0, end: 0 };

/** The rows of the queries. */
type LoadedRows = Omit<LoadedCalendars, 'owners' | 'series' | 'overrides'> &
  SeriesRows & {
    readonly owners: readonly OwnerRow[];
  };
type OwnerRow = Omit<CachedOwner, 'workingHours' | 'defaultReminders' | 'primary'> & {
  readonly workingHours: readonly StoredWorkingHours[] | null;
  readonly defaultReminders: readonly StoredReminder[];
  readonly primary:
    | (Omit<PrimaryCalendar, 'defaultReminders'> & {
        readonly defaultReminders: readonly StoredReminder[] | null;
      })
    | null;
};
type ChangedRows = Omit<ChangedEntries, 'series' | 'overrides'> & SeriesRows;

/** Reads calendars for the cache. The primary answers, so that a change that is acknowledged is in the rows. */
@Injectable()
export class CalendarEntryRepository extends CalendarEntryReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {
    super();
  }

  async versionsOf(
    userIds: readonly number[],
    since: string | null,
    window: Interval | null,
  ): Promise<LookedUpVersions> {
    const { start, end } = window ?? NO_TIME;
    const values = [this.tenant.id, userIds, since, new Date(start), new Date(end)];
    const [row] = await this.unitOfWork.prepared<LookedUpVersions>(VERSIONS, values);
    return row;
  }

  async load(userIds: readonly number[], { start, end }: Interval): Promise<LoadedCalendars> {
    const [rows] = await this.unitOfWork.prepared<LoadedRows>(LOAD, [
      this.tenant.id,
      userIds,
      new Date(start),
      new Date(end),
    ]);
    return { ...rows, owners: rows.owners.map(ownerOf), ...seriesRecordsOf(rows) };
  }

  async changedSince(known: readonly KnownEntries[], limit: number): Promise<ChangedEntries> {
    const [rows] = await this.unitOfWork.prepared<ChangedRows>(CHANGED, [
      this.tenant.id,
      known.map(({ userId }) => userId),
      known.map(({ snapshot }) => snapshot),
      known.map(({ window }) => new Date(window.start)),
      known.map(({ window }) => new Date(window.end)),
      limit,
    ]);
    return { ...rows, ...seriesRecordsOf(rows) };
  }
}

function ownerOf({ workingHours, defaultReminders, primary, ...owner }: OwnerRow): CachedOwner {
  return {
    ...owner,
    workingHours: workingHours?.map(fromStoredWorkingHours) ?? null,
    defaultReminders: defaultReminders.map(fromStoredReminder),
    primary: primary && {
      ...primary,
      defaultReminders: primary.defaultReminders?.map(fromStoredReminder) ?? null,
    },
  };
}
