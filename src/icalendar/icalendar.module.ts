import { Global, Module } from '@nestjs/common';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { EventsModule } from '../events/events.module.js';
import { EventFile } from '../events/export/event-file.js';
import { UsersModule } from '../users/users.module.js';
import { CalendarFiles } from './export/calendar-files.service.js';
import { CalendarText } from './export/calendar-text.js';
import { PublishedText } from './export/published-text.service.js';
import { CalendarImport } from './import/calendar-import.service.js';
import { CalendarMirror } from './import/calendar-mirror.js';
import { FileMirror } from './import/file-mirror.service.js';
import { CalendarFilesController } from './rest/calendar-files.controller.js';
import { ImportBodies } from './rest/import-bodies.js';

/** Files of iCalendar: export and import. Global, since the events ask it for the file of an event. */
@Global()
@Module({
  imports: [CalendarsModule, EventsModule, UsersModule],
  controllers: [CalendarFilesController],
  providers: [
    CalendarFiles,
    CalendarImport,
    { provide: CalendarMirror, useClass: FileMirror },
    { provide: CalendarText, useClass: PublishedText },
    { provide: EventFile, useExisting: CalendarFiles },
    ImportBodies,
  ],
  exports: [CalendarMirror, CalendarText, EventFile],
})
export class ICalendarModule {}
