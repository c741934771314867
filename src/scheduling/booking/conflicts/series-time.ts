import type { Interval } from '../../../calendar/intervals/interval.js';
import { DAY } from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import { type AttendedEvent, byZoneOfAttendees } from '../../calendars/attended-event.js';
import { groupedSeries, type SeriesOfUsers } from '../../calendars/grouped-series.js';
import type { OccurrencesService } from '../../occurrences/occurrences.service.js';
import { seriesStart } from '../../occurrences/series-record.js';

/** Floating days are in the zone of each attendee, and differ from those of the series by at most so much. */
const WIDEST_SHIFT = 2 * DAY;

/** The time that a series takes of its attendees, at all of its occurrences. */
export interface SeriesTime {
  readonly eventId: number;
  /** Those of the attendees who may be busy, in groups. */
  readonly groups: readonly SeriesOfUsers[];
  /** An interval about all occurrences. Its end may be infinite. */
  readonly window: Interval;
}

/** The time of a series. */
export function seriesTimeOf(event: AttendedEvent, occurrences: OccurrencesService): SeriesTime {
  const first = timeZone(event.timeZone).toInstant(seriesStart(event));
  return {
    eventId: event.id,
    groups: groupedSeries(byZoneOfAttendees(event), occurrences).flatMap((each) => each.ofUsers()),
    window: {
      start: Math.min(first, event.startAt.getTime()) - WIDEST_SHIFT,
      end: event.endAt === null ? Infinity : event.endAt.getTime() + WIDEST_SHIFT,
    },
  };
}

/** The attendees of whom a series may take time. */
export function userIdsOfSeries({ groups }: SeriesTime): number[] {
  return groups.flatMap(({ userIds }) => userIds);
}
