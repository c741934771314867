import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import type { Interval } from '../../../calendar/intervals/interval.js';
import { ChangeFeed } from '../../../changes/change-feed.js';
import { isRetryable } from '../../../database/connection/retryable-failure.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Configuration } from '../../../platform/configuration/configuration.js';
import type { Conflict, TimeByUser } from '../../../scheduling/booking/conflict.js';
import { KnownConflicts } from '../../../scheduling/booking/known-conflicts.js';
import { entryOf } from '../../../scheduling/cache/cached-entry.js';
import { CalendarCache } from '../../../scheduling/cache/calendar-cache.js';
import type { KnownCalendars } from '../../../scheduling/cache/known-calendars.js';
import { DirectoryService } from '../../../users/read/directory.service.js';
import { type CreatedEventView, toAttendedEvent } from '../../model/booked-event.js';
import type { NewSeries } from '../../model/commands.js';
import type { EventRecord } from '../../model/event-record.js';
import { KnownConflictDetails } from '../../read/conflicts/known-conflict-details.service.js';
import { EventViewsService } from '../../read/event-views.service.js';
import { recordBefore } from '../../store/direct/created-record.js';
import type { KnownEvent } from '../../store/direct/known-event.js';
import { type CreatedEvents, KnownEventsRepository } from '../../store/direct/known-events.repository.js';
import { timeOf } from '../turn-subjects.js';
import { isPlain, knownEvent, userIdsOf } from './known-creation.js';

/** Attempts after which the general path creates the event: the calendars change faster than the process reads them. */
const MAX_ATTEMPTS = 3;

/** A creation whose conflicts are known. */
interface DecidedCreation {
  readonly event: KnownEvent;
  readonly calendars: KnownCalendars;
  /** The time whose conflicts the creator sees. */
  readonly shown: readonly TimeByUser[];
  /** Those in hidden calendars too. */
  readonly conflicts: readonly Conflict[];
}

interface DirectlyCreated extends DecidedCreation {
  readonly record: EventRecord;
}

/**
 * Creates plain events in one statement, by calendars in memory. `SeriesStore` creates all others, and makes each refusal: its
 * decisions are the reference.
 */
@Injectable()
export class DirectCreations {
  constructor(
    private readonly cache: CalendarCache,
    private readonly events: KnownEventsRepository,
    private readonly conflicts: KnownConflicts,
    private readonly conflictDetails: KnownConflictDetails,
    private readonly views: EventViewsService,
    private readonly directory: DirectoryService,
    private readonly feed: ChangeFeed,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /** @returns null: the event is not created, and has to be by `SeriesStore` */
  async create(series: NewSeries): Promise<CreatedEventView | null> {
    const isDirect =
      this.configuration.calendarCacheBytes > 0 &&
      !this.unitOfWork.running &&
      this.directory.seesEverybody() &&
      isPlain(series, this.currentActor.get());
    if (!isDirect) return null;
    const userIds = userIdsOf(series);
    const created = await this.unitOfWork
      .takeTurn(userIds.map(timeOf), async () => this.attempt(series, userIds))
      .catch((error: unknown) => {
        // The general path makes the refusal, or succeeds.
        if (isRetryable(error)) return null;
        throw error;
      });
    return created && this.viewOf(created);
  }

  private async attempt(series: NewSeries, userIds: readonly number[]): Promise<DirectlyCreated | null> {
    let calendars = this.cache.known(userIds);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      calendars ??= await this.cache.refreshed(userIds, this.present());
      const decided = calendars && (await this.decided(series, calendars));
      if (!decided) return null;
      const record = await this.saved(decided);
      if (record) return { record, ...decided };
      calendars = null;
    }
    return null;
  }

  /** Null: the general path decides. */
  private async decided(series: NewSeries, known: KnownCalendars): Promise<DecidedCreation | null> {
    let calendars = known;
    for (let reads = 0; ; reads += 1) {
      const event = knownEvent(
        series,
        calendars,
        this.currentActor.get(),
        this.configuration.defaultVisibility,
      );
      if (event === null) return null;
      const taken = this.conflicts.timeOf(toAttendedEvent(recordBefore(event)), calendars);
      const window = this.conflicts.windowOf(taken);
      if (window === null || calendars.covers(window)) {
        if (await this.conflicts.isRefused(taken, series.conflictPolicy, calendars)) return null;
        const shown = series.conflictPolicy === 'reject' ? [] : taken;
        return { event, calendars, shown, conflicts: await this.conflicts.of(shown, calendars) };
      }
      const read = reads === 0 ? await this.cache.refreshed([...calendars.byUser.keys()], window) : null;
      if (read === null) return null;
      calendars = read;
    }
  }

  /** Null: nothing is saved, since the calendars have changed. */
  private async saved({ event, calendars }: DecidedCreation): Promise<EventRecord | null> {
    const { versions } = calendars;
    let created: CreatedEvents | null = null;
    try {
      created = await this.events.add([event], versions);
    } catch (error) {
      // If the connection was lost, the event may have been saved.
      this.cache.forget(versions.map(({ userId }) => userId));
      throw error;
    }
    if (created === null) return null;
    this.feed.eventsCommitted();
    const [record] = created.events;
    const attended = toAttendedEvent(record);
    const byUser = new Map(attended.attendees.map((attendee) => [attendee.userId, attendee]));
    for (const version of versions) {
      const attendee = byUser.get(version.userId);
      const isBusy = event.owners.get(version.userId)?.primary?.countsAsBusy;
      this.cache.noteNew(version, created.snapshot, attendee && isBusy ? entryOf(attended, attendee) : null);
    }
    return record;
  }

  private async viewOf({ record, shown, conflicts, calendars }: DirectlyCreated): Promise<CreatedEventView> {
    const [view] = await this.views.fullViewsOf([record]);
    return {
      view,
      conflicts: await this.conflictDetails.explain(shown, conflicts, calendars),
      warnings: [],
    };
  }

  /** A window about the present. Most events are created near it. */
  private present(): Interval {
    const now = this.clock.now().getTime();
    return { start: now, end: now };
  }
}
