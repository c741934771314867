import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users/users.module.js';
import { UserCalendarsService } from './read/user-calendars.service.js';
import { CalendarsController } from './rest/calendars.controller.js';
import { UserCalendarsController } from './rest/user-calendars.controller.js';
import { Calendar } from './store/calendar.entity.js';
import { CalendarDeletionsRepository } from './store/calendar-deletions.repository.js';
import { CalendarsOfUsersRepository } from './store/calendars-of-users.repository.js';
import { CalendarDeletionsService } from './write/calendar-deletions.service.js';
import { CalendarWriter } from './write/calendar-writer.service.js';
import { CalendarsOfChanges } from './write/calendars-of-changes.js';

@Module({
  imports: [TypeOrmModule.forFeature([Calendar]), UsersModule],
  controllers: [CalendarsController, UserCalendarsController],
  providers: [
    CalendarDeletionsRepository,
    CalendarDeletionsService,
    CalendarWriter,
    CalendarsOfChanges,
    CalendarsOfUsersRepository,
    UserCalendarsService,
  ],
  exports: [CalendarDeletionsService, CalendarWriter, UserCalendarsService],
})
export class CalendarsModule {}
