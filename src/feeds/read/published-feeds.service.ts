import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { DomainError } from '../../errors/domain-error.js';
import { CalendarText, type PublishedCalendar } from '../../icalendar/export/calendar-text.js';
import { pagesWithin } from '../../platform/context/pages-within.js';
import type { FeedRecord } from '../model/feed-record.js';
import { hashOfFeedToken, isFeedToken } from '../model/feed-token.js';
import { PUBLISHED_PROPERTIES } from '../model/published-properties.js';
import { CalendarFeedsRepository } from '../store/calendar-feeds.repository.js';
import { KeptRenderings, type Rendering } from './kept-renderings.js';

/** A feed as a program without an account reads it. */
export interface PublishedFeed {
  /** The SHA-256 of the text, in hexadecimal digits. */
  readonly digest: string;
  /** The text, or its parts if it is too large to be kept. */
  readonly text: Buffer | AsyncGenerator<string, void, undefined>;
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
    const render = async (): Promise<Rendering> => this.render(calendar);
    const shown = `${detail} ${includePrivate && detail === 'full'}`;
    const { digest, text } = await this.renderings.of({ calendarId, userId }, shown, render);
    return {
      digest,
      text: text ?? pagesWithin(AsyncLocalStorage.snapshot(), this.texts.published(calendar)),
    };
  }

  /** A text that is too large to be kept is written once for its digest. */
  private async render(calendar: PublishedCalendar): Promise<Rendering> {
    const hash = createHash('sha256');
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of this.texts.published(calendar)) {
      const encoded = Buffer.from(part);
      hash.update(encoded);
      bytes += encoded.length;
      if (bytes <= this.renderings.maxBytesOfOne) parts.push(encoded);
      else parts.length = 0;
    }
    const isKept = bytes <= this.renderings.maxBytesOfOne;
    return { digest: hash.digest('hex'), text: isKept ? Buffer.concat(parts) : null };
  }
}

function unknownFeed(): DomainError {
  return new DomainError('not-found', 'feed_not_found', 'No feed has this address.');
}
