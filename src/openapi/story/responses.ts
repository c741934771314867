import { GUEST_ATTENDEE, INVITED_ATTENDEE, ORGANIZER_ATTENDEE } from './people/attendee-examples.js';
import { BOOKED } from './people/booked.js';
import { WEEKLY_EVENT } from './people/weekly-event.js';

/** The events of the story, as responses show them. */

const CREATED = { created_at: '2022-09-06T14:16:53.178Z', updated_at: '2022-09-06T14:16:53.178Z' };

export const PLANNING = {
  ...WEEKLY_EVENT,
  id: 2,
  title: 'Planning',
  description: null,
  location: 'Room 5',
  start_date: '2022-09-08T07:00:00Z',
  end_date: '2022-09-08T08:30:00Z',
  duration: 5400,
  time_zone: 'Europe/Moscow',
  repeat: { frequency: 'weekly' },
  rrule: 'DTSTART;TZID=Europe/Moscow:20220908T100000\nFREQ=WEEKLY',
  recurrence: ['RRULE:FREQ=WEEKLY'],
  attendees: [ORGANIZER_ATTENDEE, INVITED_ATTENDEE],
};

export const BIRTHDAY = {
  ...WEEKLY_EVENT,
  id: 3,
  title: 'Birthday',
  description: null,
  start_date: '2022-09-06',
  end_date: '2022-09-07',
  duration: 1,
  all_day: true,
  floating: true,
  show_as: 'free',
  repeat: { frequency: 'yearly' },
  rrule: 'DTSTART;VALUE=DATE:20220906\nFREQ=YEARLY',
  recurrence: ['RRULE:FREQ=YEARLY'],
};

export const EXTERNAL_EVENT = {
  ...WEEKLY_EVENT,
  id: 5,
  title: 'Review of case 42',
  description: null,
  location: null,
  start_date: '2022-10-03T09:00:00Z',
  end_date: '2022-10-03T10:00:00Z',
  duration: 3600,
  url: 'https://crm.example/cases/42',
  color: '#1a73e8',
  categories: ['review'],
  conference: { url: 'https://meet.example/case-42', provider: 'Jitsi', phone: null, pin: null },
  external_id: 'case-42',
  metadata: { case_id: '42' },
  attendees: [ORGANIZER_ATTENDEE, GUEST_ATTENDEE],
  repeat: null,
  rrule: null,
  recurrence: [],
};

export const CHANGED_EVENT = {
  ...WEEKLY_EVENT,
  id: 4,
  title: 'Monthly accounts',
  description: null,
  location: 'Room 6',
  start_date: '2022-09-30T09:00:00Z',
  end_date: '2022-09-30T10:00:00Z',
  duration: 3600,
  repeat: { rrule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' },
  rrule: 'DTSTART:20220930T090000Z\nFREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
  recurrence: ['RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'],
  version: 2,
  ...BOOKED,
  conflicts_checked_until: '2023-04-01T09:00:00Z',
};

export const ONCE = {
  ...WEEKLY_EVENT,
  description: null,
  repeat: null,
  rrule: null,
  recurrence: [],
  ...BOOKED,
};

/** The times of an occurrence that its series gives it. */
function at(start: string, end: string) {
  return { start, end, original_start: start };
}

const TUESDAY = at('2022-09-06T14:16:47Z', '2022-09-06T15:56:47Z');
const WEDNESDAY = at('2022-09-07T14:16:47Z', '2022-09-07T15:56:47Z');
const MONDAY = at('2022-09-12T14:16:47Z', '2022-09-12T15:56:47Z');
const MEETING = at('2022-09-08T07:00:00Z', '2022-09-08T08:30:00Z');

function listed(event: object, ...occurrences: object[]) {
  const part = { status: 'confirmed', attendee_status: 'organizer' };
  return {
    ...event,
    occurrences: occurrences.map((times) => Object.assign({}, times, part)),
    occurrences_truncated: false,
  };
}

export const LISTED_EVENTS = [
  listed(BIRTHDAY, at('2022-09-06', '2022-09-07')),
  listed(WEEKLY_EVENT, TUESDAY, WEDNESDAY),
  listed(PLANNING, MEETING),
];

function occurrence(times: object) {
  return {
    redacted: false,
    event_id: 1,
    ...times,
    status: 'confirmed',
    title: 'event2',
    description: 'description2',
    location: null,
    show_as: 'busy',
    answers: [],
    attendees_omitted: 0,
  };
}

export const OCCURRENCES_OF_WEEK = [occurrence(TUESDAY), occurrence(WEDNESDAY)];

export const CHANGED_OCCURRENCE = {
  ...occurrence(MONDAY),
  title: 'event2, just this once',
  ...BOOKED,
};

export const INVITE = {
  id: 1,
  event_id: 2,
  user_id: 2,
  guest: null,
  status: 'needs_action',
  comment: null,
  ...CREATED,
};

/** The invite and its event once user 2 has answered them. */
export const EXPORTED_INVITE = { ...INVITE, status: 'accepted', comment: 'I shall be five minutes late.' };

/** An occurrence of event 2 that user 2 has answered. */
function answeredOccurrence(day: string, status: string) {
  return {
    redacted: false,
    event_id: 2,
    ...at(`${day}T07:00:00Z`, `${day}T08:30:00Z`),
    status: 'confirmed',
    title: 'Planning',
    description: null,
    location: 'Room 5',
    show_as: 'busy',
    answers: [{ user_id: 2, invite_id: 1, status, removed: false, comment: null }],
    attendees_omitted: 0,
  };
}

/** What an attendee sees of it: the product's data is for the organizer. */
const { external_id: _externalId, metadata: _metadata, ...ATTENDED_EVENT } = PLANNING;

export const EXPORTED_EVENT = {
  ...ATTENDED_EVENT,
  calendar_id: 2,
  attendees: [
    ORGANIZER_ATTENDEE,
    { ...INVITED_ATTENDEE, status: 'accepted', comment: EXPORTED_INVITE.comment },
  ],
  version: 9,
  imported: null,
  changed_occurrences: [
    answeredOccurrence('2022-09-15', 'declined'),
    answeredOccurrence('2022-09-22', 'accepted'),
  ],
};

/** Event 1 in calendar 5. */
export const MOVED_EVENT = { ...WEEKLY_EVENT, calendar_id: 5, version: 5 };

export const OCCURRENCES_IN_CALENDAR = [listed(MOVED_EVENT, TUESDAY, WEDNESDAY)];

/** The merged busy intervals of the week. */
export const BUSY_INTERVALS = [
  { user_id: 1, ...busyAt(TUESDAY, WEDNESDAY, MEETING) },
  { user_id: 2, ...busyAt(MEETING) },
];

function busyAt(...times: readonly { start: string; end: string }[]) {
  const busy = times.map(({ start, end }) => ({ start, end }));
  return { busy, intervals: busy.map(({ start, end }) => ({ start, end, show_as: 'busy' })) };
}
