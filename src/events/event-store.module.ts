import { Global, Module } from '@nestjs/common';
import { CalendarEntryReader } from '../scheduling/cache/calendar-entry-reader.js';
import { CalendarReader } from '../scheduling/calendars/calendar-reader.js';
import { AcquaintanceReader } from '../users/read/acquaintance-reader.js';
import { AcquaintancesRepository } from './store/acquaintances/acquaintances.repository.js';
import { CalendarEntryRepository } from './store/calendars/calendar-entry.repository.js';
import { CalendarWindowsRepository } from './store/calendars/calendar-windows.repository.js';
import { CalendarsRepository } from './store/calendars/calendars.repository.js';

/** Provides the ports through which modules below and beside the events read the tables of the events. */
@Global()
@Module({
  providers: [
    CalendarWindowsRepository,
    { provide: AcquaintanceReader, useClass: AcquaintancesRepository },
    { provide: CalendarEntryReader, useClass: CalendarEntryRepository },
    { provide: CalendarReader, useClass: CalendarsRepository },
  ],
  exports: [AcquaintanceReader, CalendarEntryReader, CalendarReader],
})
export class EventStoreModule {}
