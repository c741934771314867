import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { ICalendarModule } from '../icalendar/icalendar.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { UsersModule } from '../users/users.module.js';
import { KeptRenderings } from './read/kept-renderings.js';
import { PublishedFeeds } from './read/published-feeds.service.js';
import { CalendarFeedsController } from './rest/calendar-feeds.controller.js';
import { PublishedFeedController } from './rest/published-feed.controller.js';
import { CalendarFeed } from './store/calendar-feed.entity.js';
import { CalendarFeedsRepository } from './store/calendar-feeds.repository.js';
import { FeedsService } from './write/feeds.service.js';
import { FeedsOfChanges } from './write/feeds-of-changes.js';

/** Publishes calendars at addresses that need no token. */
@Module({
  imports: [
    TypeOrmModule.forFeature([CalendarFeed]),
    CalendarsModule,
    ICalendarModule,
    MetricsModule,
    UsersModule,
  ],
  controllers: [CalendarFeedsController, PublishedFeedController],
  providers: [CalendarFeedsRepository, FeedsOfChanges, FeedsService, KeptRenderings, PublishedFeeds],
  exports: [FeedsService],
})
export class FeedsModule {}
