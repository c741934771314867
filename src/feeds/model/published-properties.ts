import { HOUR, SECOND } from '../../calendar/time/civil-time.js';
import type { PublishedCalendar } from '../../icalendar/export/calendar-text.js';

/**
 * The properties of a feed that its readers need. Outlook shows a calendar only with `METHOD:PUBLISH`. A program should read
 * the feed again after the interval (RFC 7986 §5.7); one that reads more often gets a 304.
 */
export const PUBLISHED_PROPERTIES: PublishedCalendar['properties'] = {
  method: 'PUBLISH',
  refreshInterval: HOUR / SECOND,
};
