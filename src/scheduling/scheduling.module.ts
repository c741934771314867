import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { CalendarsRepository } from './calendars.repository.js';
import { CalendarsService } from './calendars.service.js';
import { CompiledSeries } from './compiled-series.js';
import { ConflictsService } from './conflicts.service.js';
import { FreeBusyService } from './free-busy.service.js';
import { NearestIntervalService } from './nearest-interval.service.js';
import { OccurrencesService } from './occurrences.service.js';
import { FreeBusyController } from './rest/free-busy.controller.js';
import { NearestIntervalController } from './rest/nearest-interval.controller.js';

@Module({
  imports: [UsersModule],
  controllers: [FreeBusyController, NearestIntervalController],
  providers: [
    CalendarsRepository,
    CalendarsService,
    CompiledSeries,
    ConflictsService,
    FreeBusyService,
    NearestIntervalService,
    OccurrencesService,
  ],
  exports: [ConflictsService, OccurrencesService],
})
export class SchedulingModule {}
