import { hash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { SECOND } from '../../calendar/time/civil-time.js';
import { ReadOnlyCalendars } from '../../calendars/read/read-only-calendars.service.js';
import { CalendarWriter } from '../../calendars/write/calendar-writer.service.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { DomainError } from '../../errors/domain-error.js';
import { CalendarMirror, type MirrorOutcome } from '../../icalendar/import/calendar-mirror.js';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { afterFailure, afterSuccess } from '../model/next-fetch.js';
import { defaultNameOf } from '../model/subscribed-url.js';
import type { FetchFailure, LeasedSubscription } from '../model/subscription-record.js';
import { DueSubscriptionsRepository } from '../store/due-subscriptions.repository.js';
import { FetchMetrics } from './fetch-metrics.js';
import { FailedFetch, type FetchedCalendar, fetchCalendar } from './fetched-calendar.js';

const INTERNAL: FetchFailure = {
  code: 'internal_error',
  text: 'The service could not take over the calendar.',
};

/** Fetches subscribed calendars, and makes their events those of the files. */
@Injectable()
export class CalendarFetch {
  private readonly logger = new Logger(CalendarFetch.name);
  private replacing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly due: DueSubscriptionsRepository,
    private readonly mirror: CalendarMirror,
    private readonly readOnly: ReadOnlyCalendars,
    private readonly calendars: CalendarWriter,
    private readonly metrics: FetchMetrics,
    private readonly currentActor: CurrentActor,
    private readonly tenant: CurrentTenant,
    private readonly clock: Clock,
    private readonly configuration: Configuration,
  ) {}

  /**
   * Fetches a leased calendar and records the end of the fetch. If the file is no whole calendar, or does not come, the events
   * stay as they are. Rejects only if the database fails: the subscription is then due again after the lease.
   */
  async run(lease: LeasedSubscription): Promise<void> {
    const { tenantId, userId } = lease;
    await this.tenant.run(tenantId, async () =>
      this.currentActor.run({ kind: 'user', tenantId, userId }, async () => this.fetch(lease)),
    );
  }

  private async fetch(lease: LeasedSubscription): Promise<void> {
    try {
      const fetched = await fetchCalendar(lease, this.configuration.webhookAllowPrivate);
      if (!(await this.due.holds(lease))) return;
      await this.take(lease, fetched);
    } catch (error) {
      if (error instanceof FailedFetch) await this.fail(lease, error.failure);
      else throw error;
    }
  }

  private async take(lease: LeasedSubscription, fetched: FetchedCalendar | null): Promise<void> {
    const contentDigest = fetched === null ? lease.contentDigest : hash('sha256', fetched.file);
    const isSame = fetched === null || contentDigest === lease.contentDigest;
    const outcome = isSame ? null : await this.replace(lease, fetched);
    const at = this.clock.now();
    const { etag, lastModified } = fetched ?? lease;
    const interval = outcome === null ? lease.refreshInterval : outcome.refreshInterval;
    await this.due.succeeded(
      lease,
      { etag, lastModified, contentDigest, refreshInterval: interval },
      { at, nextFetchAt: afterSuccess(at, interval && interval * SECOND, Math.random()) },
    );
    const changes = outcome ? outcome.created + outcome.replaced + outcome.deleted : 0;
    this.metrics.ended(changes > 0 ? 'changed' : 'unchanged');
  }

  /** @throws {FailedFetch} */
  private async replace(lease: LeasedSubscription, { file }: FetchedCalendar): Promise<MirrorOutcome> {
    const { userId, calendarId, url, lastSuccessAt } = lease;
    try {
      const outcome = await this.readOnly.writing(calendarId, async () =>
        this.oneByOne(async () => this.mirror.replace(userId, calendarId, file)),
      );
      if (lastSuccessAt === null && outcome.name !== null)
        await this.calendars.nameUnlessRenamed(calendarId, defaultNameOf(url), outcome.name);
      return outcome;
    } catch (error) {
      const failure = failureOfFile(error);
      if (failure !== null) throw new FailedFetch(failure);
      this.logger.error(error);
      throw new FailedFetch(INTERNAL);
    }
  }

  /** Replaces the events of one calendar at a time, since a large file takes some hundred megabytes of memory. */
  private async oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const done = this.replacing.then(work);
    this.replacing = done.catch(() => undefined);
    return done;
  }

  private async fail(lease: LeasedSubscription, failure: FetchFailure): Promise<void> {
    const at = this.clock.now();
    const nextFetchAt = afterFailure(at, lease.failures + 1, Math.random());
    await this.due.failed(lease, failure, { at, nextFetchAt });
    this.metrics.ended(failure.code);
  }
}

/** What the user may know of a file that is no calendar here; null: the file is not to blame. */
function failureOfFile(error: unknown): FetchFailure | null {
  if (!(error instanceof DomainError)) return null;
  const { kind, detail } = error;
  if (kind === 'invalid') return { code: 'not_icalendar', text: `The file is no whole calendar. ${detail}` };
  return kind === 'limit-exceeded' ? { code: 'too_large', text: detail } : null;
}
