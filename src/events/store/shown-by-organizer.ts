import {
  calendarAccess,
  showsDetails,
  type ViewerInSql,
} from '../../calendars/model/grants/calendar-access-query.js';

/** SQL: whether the calendar in which the organizer has `e` shows its details. The tenant is `$1`. */
export function shownByOrganizer(viewer: ViewerInSql): string {
  const access = calendarAccess('organizer.calendar_id', 'organizer.user_id', viewer);
  return `EXISTS (SELECT FROM attendees organizer
      WHERE organizer.tenant_id = $1 AND organizer.event_id = e.id AND organizer.user_id = e.organizer_id
        AND ${showsDetails(access, `e.visibility = 'private'`)})`;
}
