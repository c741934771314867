import { Global, Module } from '@nestjs/common';
import { SharedTimeReader } from '../users/read/shared-time-reader.js';
import { SharedTimes } from './read/shared-times.js';
import { CalendarAccessRepository } from './store/grants/calendar-access.repository.js';

/** Provides the port through which the users, above the calendars, read whose busy time a caller sees. */
@Global()
@Module({
  providers: [CalendarAccessRepository, { provide: SharedTimeReader, useClass: SharedTimes }],
  exports: [SharedTimeReader],
})
export class SharedTimesModule {}
