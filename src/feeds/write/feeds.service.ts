import { Injectable } from '@nestjs/common';
import { keyOf } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce, mayActFor } from '../../access/decision.js';
import { refuseDelegated } from '../../access/key-access.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { CalendarWriter } from '../../calendars/write/calendar-writer.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, notFound } from '../../errors/domain-error.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Page } from '../../platform/page/page.js';
import { UsersService } from '../../users/read/users.service.js';
import {
  type FeedRecord,
  type FeedWithToken,
  MAX_FEEDS_OF_CALENDAR,
  type NewFeed,
} from '../model/feed-record.js';
import { hashOfFeedToken, newFeedToken } from '../model/feed-token.js';
import { CalendarFeedsRepository } from '../store/calendar-feeds.repository.js';

const ONLY_THE_USER = 'Only the user of the calendar, or an API key, may use its feeds.';

/** Makes, lists and deletes the feeds of calendars, on behalf of their users. */
@Injectable()
export class FeedsService {
  constructor(
    private readonly feeds: CalendarFeedsRepository,
    private readonly calendars: UserCalendarsService,
    private readonly writer: CalendarWriter,
    private readonly users: UsersService,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a feed of a calendar. Its token is a credential, so a key that acts as the user makes none.
   * @throws {DomainError} forbidden `forbidden`, `reauthentication_required`; not-found `calendar_not_found`; conflict
   * `too_many_feeds` @throws {UnauthenticatedError}
   */
  async create(calendarId: number, command: NewFeed): Promise<FeedWithToken> {
    const token = newFeedToken();
    return this.unitOfWork.run(async () => {
      await this.expectOwn(calendarId);
      const actor = this.currentActor.get();
      refuseDelegated(actor);
      await this.writer.lock(calendarId);
      if ((await this.feeds.countOf(calendarId)) >= MAX_FEEDS_OF_CALENDAR) throw tooManyFeeds();
      const id = await this.feeds.add({
        ...command,
        calendarId,
        tokenHash: hashOfFeedToken(token),
        createdByKeyId: keyOf(actor)?.id ?? null,
        createdAt: this.clock.now(),
      });
      return { record: await this.find(calendarId, id), token };
    });
  }

  /**
   * A page of the feeds of a calendar, by id.
   * @throws {DomainError} forbidden; not-found `calendar_not_found` @throws {UnauthenticatedError}
   */
  async list(
    calendarId: number,
    { after, limit }: { readonly after: number; readonly limit: number },
  ): Promise<Page<FeedRecord>> {
    await this.expectOwn(calendarId);
    return this.feeds.page(calendarId, after, limit);
  }

  /**
   * @throws {DomainError} forbidden; not-found `calendar_not_found`, `feed_not_found` @throws {UnauthenticatedError}
   */
  async get(calendarId: number, id: number): Promise<FeedRecord> {
    await this.expectOwn(calendarId);
    return this.find(calendarId, id);
  }

  /**
   * Deletes a feed. Its address is unknown from the next request on.
   * @throws as `get`
   */
  async delete(calendarId: number, id: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.get(calendarId, id);
      await this.feeds.remove(id);
    });
  }

  /** The feeds of all calendars of a user, by id. Does not check whether the current actor may act for the user. */
  async ofUser(userId: number, after: number, limit: number): Promise<FeedRecord[]> {
    return this.feeds.ofUser(userId, after, limit);
  }

  private async expectOwn(calendarId: number): Promise<void> {
    const { calendar } = await this.calendars.getVisible(calendarId);
    const [user] = await this.users.getAll([calendar.userId], 'user');
    enforce(mayActFor(this.currentActor.get(), user), ONLY_THE_USER);
  }

  private async find(calendarId: number, id: number): Promise<FeedRecord> {
    const found = await this.feeds.withId(calendarId, id);
    if (!found) throw notFound('feed', id);
    return found;
  }
}

function tooManyFeeds(): DomainError {
  const detail = `A calendar has at most ${MAX_FEEDS_OF_CALENDAR} feeds.`;
  return new DomainError('conflict', 'too_many_feeds', detail);
}
