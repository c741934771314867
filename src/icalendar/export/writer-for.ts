import { type CalendarProperties, ICalendarWriter } from '../../calendar/icalendar/write/calendar-writer.js';
import type { Instant } from '../../calendar/time/civil-time.js';
import type { ExportedCalendar } from '../../events/export/calendar-export.service.js';

/** The writer of a calendar. @param earliest the start of its first event; null: it has none */
export function writerFor(
  { name, color }: ExportedCalendar,
  earliest: Instant | null,
  properties: Pick<CalendarProperties, 'method' | 'refreshInterval'> = {},
): ICalendarWriter {
  return new ICalendarWriter({
    ...properties,
    ...(name !== null && { name }),
    ...(color !== null && { color }),
    ...(earliest !== null && { earliest }),
  });
}
