import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { UsersModule } from '../users/users.module.js';
import { Event } from './event.entity.js';
import { EventListService } from './event-list.service.js';
import { EventsController } from './events.controller.js';
import { EventsRepository } from './events.repository.js';
import { EventsService } from './events.service.js';
import { UserEventsController } from './user-events.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([Event]), SchedulingModule, UsersModule],
  controllers: [EventsController, UserEventsController],
  providers: [EventListService, EventsRepository, EventsService],
  exports: [EventsService],
})
export class EventsModule {}
