import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { UsersModule } from '../users/users.module.js';
import { AttendedEventsRepository } from './attended-events.repository.js';
import { ConflictDetailsService } from './conflict-details.service.js';
import { Event } from './event.entity.js';
import { EventChangesService } from './event-changes.service.js';
import { EventListService } from './event-list.service.js';
import { EventViewsService } from './event-views.service.js';
import { EventsController } from './events.controller.js';
import { EventsRepository } from './events.repository.js';
import { EventsService } from './events.service.js';
import { InvitationLimitService } from './invitation-limit.service.js';
import { OccurrenceAnswer } from './occurrence-answer.entity.js';
import { OccurrenceAnswersService } from './occurrence-answers.service.js';
import { OccurrenceChangesService } from './occurrence-changes.service.js';
import { OccurrenceExceptionsRepository } from './occurrence-exceptions.repository.js';
import { OccurrenceListService } from './occurrence-list.service.js';
import { OccurrenceOverride } from './occurrence-override.entity.js';
import { OccurrencesController } from './occurrences.controller.js';
import { OpenInvitationsRepository } from './open-invitations.repository.js';
import { RedactedOrder } from './redacted-order.js';
import { RememberedDecline } from './remembered-decline.entity.js';
import { RememberedDeclinesRepository } from './remembered-declines.repository.js';
import { SeriesSplitService } from './series-split.service.js';
import { UserEventsController } from './user-events.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Event, OccurrenceAnswer, OccurrenceOverride, RememberedDecline]),
    AuthModule,
    SchedulingModule,
    UsersModule,
  ],
  controllers: [EventsController, OccurrencesController, UserEventsController],
  providers: [
    AttendedEventsRepository,
    ConflictDetailsService,
    EventChangesService,
    EventListService,
    EventViewsService,
    EventsRepository,
    EventsService,
    InvitationLimitService,
    OccurrenceAnswersService,
    OccurrenceChangesService,
    OccurrenceExceptionsRepository,
    OccurrenceListService,
    OpenInvitationsRepository,
    RememberedDeclinesRepository,
    RedactedOrder,
    SeriesSplitService,
  ],
  exports: [EventViewsService, EventsService, OccurrenceAnswersService],
})
export class EventsModule {}
