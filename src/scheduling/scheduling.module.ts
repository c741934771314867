import { Module } from '@nestjs/common';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { UsersModule } from '../users/users.module.js';
import { ConflictSearch } from './booking/conflict-search.js';
import { ConflictsService } from './booking/conflicts.service.js';
import { KnownConflicts } from './booking/known-conflicts.js';
import { TimeOfAttendees } from './booking/time-of-attendees.js';
import { CalendarCache } from './cache/calendar-cache.js';
import { CalendarsService } from './calendars/calendars.service.js';
import { KeptCalendars } from './calendars/kept-calendars.js';
import { FreeBusyService } from './free-busy/free-busy.service.js';
import { FreeUsersService } from './free-busy/free-users.service.js';
import { FreeBusyController } from './free-busy/rest/free-busy.controller.js';
import { NearestIntervalService } from './nearest-interval/nearest-interval.service.js';
import { NearestIntervalController } from './nearest-interval/rest/nearest-interval.controller.js';
import { SearchCalendars } from './nearest-interval/search-calendars.service.js';
import { CompiledSeries } from './occurrences/compiled-series.js';
import { OccurrencesService } from './occurrences/occurrences.service.js';

@Module({
  imports: [CalendarsModule, MetricsModule, UsersModule],
  controllers: [FreeBusyController, NearestIntervalController],
  providers: [
    CalendarCache,
    { provide: KeptCalendars, useExisting: CalendarCache },
    CalendarsService,
    CompiledSeries,
    ConflictSearch,
    ConflictsService,
    FreeBusyService,
    FreeUsersService,
    KnownConflicts,
    NearestIntervalService,
    OccurrencesService,
    SearchCalendars,
    TimeOfAttendees,
  ],
  exports: [
    CalendarCache,
    ConflictsService,
    FreeUsersService,
    KnownConflicts,
    OccurrencesService,
    SearchCalendars,
  ],
})
export class SchedulingModule {}
