import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { EventsModule } from '../events/events.module.js';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { UsersModule } from '../users/users.module.js';
import { HoldsService } from './read/holds.service.js';
import { HoldsController } from './rest/holds.controller.js';
import { EndedHoldsRepository } from './store/ended-holds.repository.js';
import { Hold } from './store/hold.entity.js';
import { HoldMember } from './store/hold-member.entity.js';
import { HoldsRepository } from './store/holds.repository.js';
import { EndedHoldsCleanup } from './write/ended-holds-cleanup.js';
import { HeldUsers } from './write/held-users.js';
import { HoldConfirmation } from './write/hold-confirmation.service.js';
import { HoldWriter } from './write/hold-writer.service.js';
import { HoldsOfChanges } from './write/holds-of-changes.js';

/** Holds time of users and rooms until its creator confirms it. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Hold, HoldMember]),
    CalendarsModule,
    EventsModule,
    SchedulingModule,
    UsersModule,
  ],
  controllers: [HoldsController],
  providers: [
    EndedHoldsCleanup,
    EndedHoldsRepository,
    HeldUsers,
    HoldConfirmation,
    HoldWriter,
    HoldsOfChanges,
    HoldsRepository,
    HoldsService,
  ],
  exports: [HoldsService],
})
export class HoldsModule {}
