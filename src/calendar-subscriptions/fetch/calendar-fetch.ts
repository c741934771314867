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
import { Places } from '../../platform/work/places.js';
import { afterFailure, afterSuccess } from '../model/next-fetch.js';
import { defaultNameOf } from '../model/subscribed-url.js';
import type { FetchFailure, LeasedSubscription } from '../model/subscription-record.js';
import { DueSubscriptionsRepository } from '../store/due-subscriptions.repository.js';
import { FetchMetrics } from './fetch-metrics.js';
import { FailedFetch, FETCH_LEASE_MS, type FetchedCalendar, fetchCalendar } from './fetched-calendar.js';

const INTERNAL: FetchFailure = {
  code: 'internal_error',
  text: 'The service could not take over the calendar.',
};

/**
 * Bytes of a small file. In memory, the replacement of a calendar takes some ten times its file.
 * @public `docs/limits.md` lists it.
 */
export const MAX_SMALL_FILE_BYTES = 1024 * 1024;

/**
 * Small calendars that an instance replaces at a time. Each takes a connection to the database.
 * @public `docs/limits.md` lists it.
 */
export const MAX_SMALL_REPLACEMENTS = 2;

/**
 * Other calendars that an instance replaces at a time. They delay no small ones.
 * @public `docs/limits.md` lists it.
 */
export const MAX_LARGE_REPLACEMENTS = 1;

/** Fetches subscribed calendars, and makes their events those of the files. */
@Injectable()
export class CalendarFetch {
  private readonly logger = new Logger(CalendarFetch.name);
  private readonly small = new Places(MAX_SMALL_REPLACEMENTS);
  private readonly large = new Places(MAX_LARGE_REPLACEMENTS);

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

  private async fetch(leased: LeasedSubscription): Promise<void> {
    let lease = leased;
    try {
      const fetched = await fetchCalendar(lease, this.configuration.webhookAllowPrivate);
      const contentDigest = fetched === null ? lease.contentDigest : hash('sha256', fetched.file);
      if (fetched === null || contentDigest === lease.contentDigest) {
        await this.succeed(lease, fetched, contentDigest, lease.refreshInterval);
        this.metrics.ended('unchanged');
        return;
      }
      await this.placesFor(fetched).run(async () => {
        const leasedUntil = new Date(this.clock.now().getTime() + FETCH_LEASE_MS);
        // The subscription may be gone, or another instance may have it.
        if (!(await this.due.renew(lease, leasedUntil))) return;
        lease = { ...lease, leasedUntil };
        const outcome = await this.replace(lease, fetched);
        await this.succeed(lease, fetched, contentDigest, outcome.refreshInterval);
        const changes = outcome.created + outcome.replaced + outcome.deleted;
        this.metrics.ended(changes > 0 ? 'changed' : 'unchanged');
      });
    } catch (error) {
      if (error instanceof FailedFetch) await this.fail(lease, error.failure);
      else throw error;
    }
  }

  private async succeed(
    lease: LeasedSubscription,
    fetched: FetchedCalendar | null,
    contentDigest: string | null,
    refreshInterval: number | null,
  ): Promise<void> {
    const at = this.clock.now();
    const { etag, lastModified } = fetched ?? lease;
    await this.due.succeeded(
      lease,
      { etag, lastModified, contentDigest, refreshInterval },
      { at, nextFetchAt: afterSuccess(at, refreshInterval && refreshInterval * SECOND, Math.random()) },
    );
  }

  /** @throws {FailedFetch} */
  private async replace(lease: LeasedSubscription, { file }: FetchedCalendar): Promise<MirrorOutcome> {
    const { userId, calendarId, url, lastSuccessAt } = lease;
    try {
      const outcome = await this.readOnly.writing(calendarId, async () =>
        this.mirror.replace(userId, calendarId, file),
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

  private placesFor({ file }: FetchedCalendar): Places {
    return file.length > MAX_SMALL_FILE_BYTES ? this.large : this.small;
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
