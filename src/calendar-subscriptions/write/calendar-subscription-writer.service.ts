import { Injectable } from '@nestjs/common';
import { SECOND } from '../../calendar/time/civil-time.js';
import type { CalendarDeletionRecord } from '../../calendars/model/calendar-deletion.js';
import { ReadOnlyCalendars } from '../../calendars/read/read-only-calendars.service.js';
import { CalendarDeletionsService } from '../../calendars/write/calendar-deletions.service.js';
import { CalendarWriter } from '../../calendars/write/calendar-writer.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { CalendarErasureLoop } from '../../events/calendars/calendar-erasure-loop.js';
import { Clock } from '../../platform/clock/clock.js';
import { WebhookUrls } from '../../webhooks/write/webhook-urls.js';
import { FetchLoop } from '../fetch/fetch-loop.js';
import { defaultNameOf, subscribedUrlFault, webUrlOf } from '../model/subscribed-url.js';
import {
  type CalendarSubscriptionPatch,
  type CalendarSubscriptionView,
  type CountsAs,
  MAX_CALENDAR_SUBSCRIPTIONS_OF_USER,
  type NewCalendarSubscription,
} from '../model/subscription-record.js';
import { CalendarSubscriptionsService } from '../read/calendar-subscriptions.service.js';
import { CalendarSubscriptionsRepository } from '../store/calendar-subscriptions.repository.js';

/** Milliseconds between two fetches that requests ask for, so that no user makes the service flood another one. */
const PAUSE_OF_REFRESHES_MS = 2 * SECOND;

/** Makes, changes and deletes subscriptions, each with its read-only calendar. */
@Injectable()
export class CalendarSubscriptionWriter {
  constructor(
    private readonly subscriptions: CalendarSubscriptionsRepository,
    private readonly reader: CalendarSubscriptionsService,
    private readonly calendars: CalendarWriter,
    private readonly deletions: CalendarDeletionsService,
    private readonly erasure: CalendarErasureLoop,
    private readonly readOnly: ReadOnlyCalendars,
    private readonly urls: WebhookUrls,
    private readonly loop: FetchLoop,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a subscription with an empty calendar, which is fetched at once. The events of the calendar remind nobody, unless
   * the user sets reminders of the calendar.
   * @throws {DomainError} invalid; forbidden; not-found `user_not_found`; conflict `too_many_calendar_subscriptions`,
   * `too_many_calendars` @throws {UnauthenticatedError}
   */
  async create(userId: number, command: NewCalendarSubscription): Promise<CalendarSubscriptionView> {
    const created = await this.unitOfWork.run(async () => {
      await this.reader.expectOwn(userId);
      const url = await this.validUrl(command.url);
      const name = command.name ?? defaultNameOf(url);
      // Locks the user, so that two creations count one after the other.
      const { calendar } = await this.calendars.create(
        userId,
        { name, countsAsBusy: command.countsAs === 'busy', defaultReminders: [] },
        true,
      );
      if ((await this.subscriptions.countOf(userId)) >= MAX_CALENDAR_SUBSCRIPTIONS_OF_USER)
        throw tooManySubscriptions();
      const row = { userId, calendarId: calendar.id, url, createdAt: this.clock.now() };
      return this.reader.get(await this.subscriptions.add(row));
    });
    this.loop.wake();
    return created;
  }

  /**
   * Changes a subscription. The events stay as they are until the new address gives a whole calendar.
   * @throws {DomainError} invalid; not-found `calendar_subscription_not_found`
   */
  async update(id: number, { url, countsAs }: CalendarSubscriptionPatch): Promise<CalendarSubscriptionView> {
    const changed = await this.unitOfWork.run(async () => {
      const { calendarId, url: before } = await this.reader.getLocked(id);
      const after = url === undefined ? before : await this.validUrl(url);
      if (after !== before) await this.subscriptions.changeUrl(id, after, this.clock.now());
      if (countsAs !== undefined) await this.count(id, calendarId, countsAs);
      return this.reader.get(id);
    });
    this.loop.wake();
    return changed;
  }

  /**
   * Fetches the calendar soon, unless a fetch is under way.
   * @throws {DomainError} not-found `calendar_subscription_not_found`
   */
  async refresh(id: number): Promise<CalendarSubscriptionView> {
    const due = await this.unitOfWork.run(async () => {
      await this.reader.getLocked(id);
      await this.subscriptions.makeDue(id, this.clock.now(), PAUSE_OF_REFRESHES_MS);
      return this.reader.get(id);
    });
    this.loop.wake();
    return due;
  }

  /**
   * Deletes a subscription, its calendar and the events in it.
   * @throws {DomainError} not-found `calendar_subscription_not_found`
   */
  async delete(id: number): Promise<void> {
    const deletion = await this.unitOfWork.run(async (): Promise<CalendarDeletionRecord> => {
      const { calendarId } = await this.reader.getLocked(id);
      await this.subscriptions.remove(id);
      return this.readOnly.writing(calendarId, async () => this.deletions.begin(calendarId, 'delete'));
    });
    await this.erasure.conclude(deletion);
  }

  /** @throws {DomainError} invalid, naming `url` */
  private async validUrl(text: string): Promise<string> {
    const fault = subscribedUrlFault(text);
    if (fault !== null) throw invalidInput({ field: 'url', message: fault });
    return this.urls.validate(webUrlOf(text));
  }

  private async count(id: number, calendarId: number, countsAs: CountsAs): Promise<void> {
    await this.calendars.update(calendarId, { countsAsBusy: countsAs === 'busy' });
    await this.subscriptions.touch(id, this.clock.now());
  }
}

function tooManySubscriptions(): DomainError {
  const detail = `A user has at most ${MAX_CALENDAR_SUBSCRIPTIONS_OF_USER} calendar subscriptions.`;
  return new DomainError('conflict', 'too_many_calendar_subscriptions', detail);
}
