import { Injectable } from '@nestjs/common';
import type { Interval } from '../../../calendar/intervals/interval.js';
import type { ReportedChanges } from '../../../calendars/read/known/reported-changes.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import { type EventRows, eventRecordsOf } from '../event-rows.js';
import { LOOK_UP_CHANGES, OF_CALENDAR, OF_USER } from './kept-events-query.js';

/** A list of events in a window. */
export interface ListedWindow {
  /** Whose events the list has: those of a user, or those in a calendar. */
  readonly of: 'user' | 'calendar';
  /** The id of the user or of the calendar. */
  readonly id: number;
  /** An empty window stands for its instant. */
  readonly window: Interval;
  /** Whether the list has cancelled events too. */
  readonly cancelled: boolean;
}

/** What the database has of a list. All of it is of one snapshot. */
export interface LookedUp extends ReportedChanges {
  /** The user, or the user of the calendar; null: the user or the calendar does not exist. */
  readonly ownerId: number | null;
  /** The ids of the events whose span overlaps the window, in no order, and their versions, in the same order. */
  readonly listed: readonly [ids: readonly number[], versions: readonly number[]];
}

/** The same, with events of the list. */
export interface LoadedEvents extends LookedUp {
  /** Those events of the list that were not known, without the answers of guests. An event with too many rows is missing. */
  readonly events: readonly PartialEventRecord[];
}

/** Events that the process knows: their ids, and their versions in the same order. */
export interface KnownEvents {
  readonly ids: readonly number[];
  readonly versions: readonly number[];
}

/** Reads lists for the process that keeps events. The primary answers, so that a change that is acknowledged is in the rows. */
@Injectable()
export class KeptEventsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** @param since the snapshot since which changes are reported; null: none are */
  async lookUpChanges(since: string | null): Promise<ReportedChanges> {
    const [row] = await this.unitOfWork.prepared<ReportedChanges>(LOOK_UP_CHANGES, [this.tenant.id, since]);
    return row;
  }

  /** The same, with the events of a list. */
  async lookUp(list: ListedWindow, since: string | null): Promise<LookedUp> {
    const { lookUp } = list.of === 'user' ? OF_USER : OF_CALENDAR;
    const [row] = await this.unitOfWork.prepared<LookedUp>(lookUp, this.valuesOf(list, since));
    return row;
  }

  /** The same, with all rows of the events that are not among the known ones. */
  async load(list: ListedWindow, since: string | null, known: KnownEvents): Promise<LoadedEvents> {
    const { load } = list.of === 'user' ? OF_USER : OF_CALENDAR;
    const values = [...this.valuesOf(list, since), known.ids, known.versions];
    const [row] = await this.unitOfWork.prepared<LookedUp & EventRows>(load, values);
    return { ...row, events: eventRecordsOf(row) };
  }

  private valuesOf({ id, window, cancelled }: ListedWindow, since: string | null): unknown[] {
    return [this.tenant.id, id, new Date(window.start), new Date(window.end), cancelled, since];
  }
}
