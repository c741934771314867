import { Global, Module } from '@nestjs/common';
import { CalendarReader } from '../scheduling/calendars/calendar-reader.js';
import { AcquaintanceReader } from '../users/read/acquaintance-reader.js';
import { AcquaintancesRepository } from './store/acquaintances/acquaintances.repository.js';
import { CalendarWindowsRepository } from './store/calendars/calendar-windows.repository.js';
import { CalendarsRepository } from './store/calendars/calendars.repository.js';

/** Provides the ports through which modules below and beside the events read the tables of the events. */
@Global()
@Module({
  providers: [
    CalendarWindowsRepository,
    { provide: AcquaintanceReader, useClass: AcquaintancesRepository },
    { provide: CalendarReader, useClass: CalendarsRepository },
  ],
  exports: [AcquaintanceReader, CalendarReader],
})
export class EventStoreModule {}
