import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { DomainError } from '../../errors/domain-error.js';
import { CalendarText, type PublishedCalendar } from '../../icalendar/export/calendar-text.js';
import { textOfDigest } from '../../icalendar/export/text-of-digest.js';
import { pagesWithin } from '../../platform/context/pages-within.js';
import { type CompressedText, type WrittenText, writtenText } from '../../platform/memory/written-text.js';
import type { FeedRecord } from '../model/feed-record.js';
import { hashOfFeedToken, isFeedToken } from '../model/feed-token.js';
import { PUBLISHED_PROPERTIES } from '../model/published-properties.js';
import { CalendarFeedsRepository } from '../store/calendar-feeds.repository.js';
import { KeptRenderings } from './kept-renderings.js';

/** A feed as a program without an account reads it. */
export interface PublishedFeed {
  /** The SHA-256 of the text, in hexadecimal digits. */
  readonly digest: string;
  /** The text, compressed if it is long, or its parts if it is too long to be kept. */
  readonly text: Buffer | CompressedText | AsyncGenerator<string, void, undefined>;
}

/** Reads feeds by their tokens. */
@Injectable()
export class PublishedFeeds {
  constructor(
    private readonly feeds: CalendarFeedsRepository,
    private readonly calendars: UserCalendarsService,
    private readonly texts: CalendarText,
    private readonly renderings: KeptRenderings,
    private readonly currentActor: CurrentActor,
    private readonly tenant: CurrentTenant,
  ) {}

  /** @throws {DomainError} not-found `feed_not_found`, which does not have the token */
  async read(token: string): Promise<PublishedFeed> {
    const feed = isFeedToken(token) ? await this.feeds.withTokenHash(hashOfFeedToken(token)) : null;
    if (feed === null) throw unknownFeed();
    const { tenantId } = feed;
    return this.tenant.run(tenantId, async () => {
      const calendar = await this.calendars.find(feed.calendarId);
      if (calendar === null) throw unknownFeed();
      const { userId } = calendar;
      return this.currentActor.run({ kind: 'user', tenantId, userId }, async () =>
        this.publish(feed, userId),
      );
    });
  }

  private async publish(
    { calendarId, detail, includePrivate }: FeedRecord,
    userId: number,
  ): Promise<PublishedFeed> {
    const calendar = { calendarId, detail, includePrivate, properties: PUBLISHED_PROPERTIES };
    const render = async (): Promise<WrittenText> => this.render(calendar);
    const shown = `${detail} ${includePrivate && detail === 'full'}`;
    const { digest, content } = await this.renderings.of({ calendarId, userId }, shown, render);
    const text =
      content ??
      pagesWithin(AsyncLocalStorage.snapshot(), textOfDigest(this.texts.published(calendar), digest));
    return { digest, text };
  }

  private async render(calendar: PublishedCalendar): Promise<WrittenText> {
    return writtenText(this.texts.published(calendar), this.renderings.memoryOfOne());
  }
}

function unknownFeed(): DomainError {
  return new DomainError('not-found', 'feed_not_found', 'No feed has this address.');
}
