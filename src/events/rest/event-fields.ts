import type { WireNames } from '../../http/wire-names/wire-names.js';

/** The names in requests of the fields of commands for events and their occurrences. */
export const EVENT_FIELDS: WireNames = {
  allDay: 'all_day',
  attendee: 'attendee_user_id',
  calendar: 'calendar_id',
  end: 'end_date',
  endTimeZone: 'end_time_zone',
  externalId: 'external_id',
  floating: 'floating',
  following: 'scope=following',
  invitedRooms: 'invited_room_ids',
  invitedUsers: 'invited_user_ids',
  length: 'duration',
  organizer: 'organizer_user_id',
  originalStart: 'original_start',
  repeat: 'repeat',
  showAs: 'show_as',
  start: 'start_date',
  timeZone: 'time_zone',
};
