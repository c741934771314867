/** Bodies that work as they stand on a fresh service with two users, for the document and its UI. */

export const CREATE_EVENT_EXAMPLES = {
  weekly: {
    summary: 'Three days a week',
    value: {
      title: 'event2',
      desc: 'description2',
      start_date: '2022-09-06T14:16:47.878689Z',
      invited_user_ids: [],
      organizer_user_id: 1,
      duration: 6000,
      repeat: { frequency: 'weekly', days_of_week: [1, 2, 3] },
    },
  },
  once: {
    summary: 'Once, with an invitee, in a time zone',
    value: {
      title: 'Planning',
      start_date: '2022-09-08T10:00:00',
      end_date: '2022-09-08T11:30:00',
      time_zone: 'Europe/Moscow',
      location: 'Room 5',
      organizer_user_id: 1,
      invited_user_ids: [2],
    },
  },
  birthday: {
    summary: 'A whole day every year',
    value: {
      title: 'Birthday',
      start_date: '2022-09-06',
      all_day: true,
      organizer_user_id: 1,
      repeat: { frequency: 'yearly' },
    },
  },
  rule: {
    summary: 'By a rule of RFC 5545: the last working day of each month',
    value: {
      title: 'Accounts',
      start_date: '2022-09-30T09:00:00Z',
      duration: 3600,
      organizer_user_id: 1,
      repeat: { rrule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' },
    },
  },
};

export const UPDATE_EVENT_EXAMPLES = {
  words: { summary: 'Other words', value: { title: 'event2, renamed', location: 'Room 6' } },
  time: { summary: 'Another time of day', value: { start_date: '2022-09-06T16:00:00Z' } },
  rule: { summary: 'Another rule', value: { repeat: { frequency: 'weekdays', until: '2022-12-31' } } },
};

export const UPDATE_OCCURRENCE_EXAMPLES = {
  words: { summary: 'Other words', value: { title: 'event2, just this once' } },
  time: { summary: 'Moved', value: { start_date: '2022-09-12T16:00:00Z', duration: 3600 } },
};
