import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users/users.module.js';
import { CalendarAccessService } from './read/calendar-access.service.js';
import { KeptAccess } from './read/known/kept-access.js';
import { KnownChanges } from './read/known/known-changes.js';
import { ReadOnlyCalendars } from './read/read-only-calendars.service.js';
import { UserCalendarsService } from './read/user-calendars.service.js';
import { UserGrantsService } from './read/user-grants.service.js';
import { CalendarsController } from './rest/calendars.controller.js';
import { CalendarGrantsController } from './rest/grants/calendar-grants.controller.js';
import { UserCalendarsController } from './rest/user-calendars.controller.js';
import { Calendar } from './store/calendar.entity.js';
import { CalendarDeletionsRepository } from './store/calendar-deletions.repository.js';
import { CalendarsOfUsersRepository } from './store/calendars-of-users.repository.js';
import { CalendarAccessRepository } from './store/grants/calendar-access.repository.js';
import { CalendarGrant } from './store/grants/calendar-grant.entity.js';
import { CalendarGrantsRepository } from './store/grants/calendar-grants.repository.js';
import { CalendarDeletionsService } from './write/calendar-deletions.service.js';
import { CalendarGrantsService } from './write/calendar-grants.service.js';
import { CalendarWriter } from './write/calendar-writer.service.js';
import { CalendarsOfChanges } from './write/calendars-of-changes.js';

@Module({
  imports: [TypeOrmModule.forFeature([Calendar, CalendarGrant]), UsersModule],
  controllers: [CalendarGrantsController, CalendarsController, UserCalendarsController],
  providers: [
    CalendarAccessRepository,
    CalendarAccessService,
    CalendarGrantsRepository,
    CalendarGrantsService,
    CalendarDeletionsRepository,
    CalendarDeletionsService,
    CalendarWriter,
    CalendarsOfChanges,
    CalendarsOfUsersRepository,
    KeptAccess,
    KnownChanges,
    ReadOnlyCalendars,
    UserCalendarsService,
    UserGrantsService,
  ],
  exports: [
    CalendarAccessService,
    CalendarDeletionsService,
    CalendarWriter,
    KnownChanges,
    ReadOnlyCalendars,
    UserCalendarsService,
    UserGrantsService,
  ],
})
export class CalendarsModule {}
