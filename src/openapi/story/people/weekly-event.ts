import { ORGANIZER_ATTENDEE } from './attendee-examples.js';

const CREATED = { created_at: '2022-09-06T14:16:53.178Z', updated_at: '2022-09-06T14:16:53.178Z' };

/** The first event of the story, as responses show it. */
export const WEEKLY_EVENT = {
  redacted: false,
  id: 1,
  title: 'event2',
  description: 'description2',
  location: null,
  start_date: '2022-09-06T14:16:47Z',
  end_date: '2022-09-06T15:56:47Z',
  duration: 6000,
  all_day: false,
  floating: false,
  time_zone: 'UTC',
  end_time_zone: null,
  organizer_user_id: 1,
  owner_user_id: 1,
  calendar_id: 1,
  visibility: 'public',
  show_as: 'busy',
  status: 'confirmed',
  url: null,
  color: null,
  categories: [],
  conference: null,
  external_id: null,
  metadata: {},
  repeat: { frequency: 'weekly', days_of_week: [1, 2, 3] },
  rrule: 'DTSTART:20220906T141647Z\nFREQ=WEEKLY;BYDAY=MO,TU,WE',
  recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE'],
  attendees: [ORGANIZER_ATTENDEE],
  attendees_omitted: 0,
  version: 1,
  ...CREATED,
};
