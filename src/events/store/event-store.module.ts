import { Global, Module } from '@nestjs/common';
import { CalendarReader } from '../../scheduling/calendars/calendar-reader.js';
import { CalendarsRepository } from './calendars.repository.js';

/** Provides the ports through which modules below and beside the events read the tables of the events. */
@Global()
@Module({
  providers: [{ provide: CalendarReader, useClass: CalendarsRepository }],
  exports: [CalendarReader],
})
export class EventStoreModule {}
