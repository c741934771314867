import { Module } from '@nestjs/common';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { UsersModule } from '../users/users.module.js';
import { BookingRefusals } from './booking/booking-refusals.js';
import { ConflictSearch } from './booking/conflict-search.js';
import { SelfConflicts } from './booking/conflicts/self-conflicts.service.js';
import { SeriesConflicts } from './booking/conflicts/series-conflicts.service.js';
import { ConflictsService } from './booking/conflicts.service.js';
import { HeldTime } from './booking/held-time.js';
import { KnownConflicts } from './booking/known-conflicts.js';
import { MoreTime } from './booking/more-time.js';
import { RefusedTimes } from './booking/refused-times.js';
import { SharedConflicts } from './booking/shared-conflicts.js';
import { ShownConflicts } from './booking/shown-conflicts.js';
import { SkippedOccurrencesFinder } from './booking/skipped-occurrences.js';
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
    BookingRefusals,
    CalendarCache,
    { provide: KeptCalendars, useExisting: CalendarCache },
    CalendarsService,
    CompiledSeries,
    ConflictSearch,
    ConflictsService,
    FreeBusyService,
    FreeUsersService,
    HeldTime,
    KnownConflicts,
    MoreTime,
    NearestIntervalService,
    OccurrencesService,
    RefusedTimes,
    SearchCalendars,
    SelfConflicts,
    SeriesConflicts,
    SharedConflicts,
    ShownConflicts,
    SkippedOccurrencesFinder,
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
