/** The users of the story, as responses show them. */

const CREATED = { created_at: '2022-09-06T14:16:47.878Z', updated_at: '2022-09-06T14:16:47.878Z' };

export const SETTINGS = {
  availability_overrides: [],
  away: [],
  double_booking: 'allow',
  invitations: 'all',
  email_verified: true,
  default_reminders: [],
  external_id: null,
  metadata: {},
};

export const FIRST_SUMMARY = {
  id: 1,
  name: 'ishcherbina',
  email: 'ishcherbina@example.com',
  kind: 'person',
  ...CREATED,
};

export const SECOND_SUMMARY = {
  id: 2,
  name: 'Masha',
  email: 'masha@example.com',
  kind: 'person',
  ...CREATED,
};

export const FIRST_USER = { ...FIRST_SUMMARY, time_zone: 'UTC', working_hours: null, ...SETTINGS };

export const SECOND_USER = {
  ...SECOND_SUMMARY,
  time_zone: 'Europe/Moscow',
  working_hours: [{ days_of_week: [1, 2, 3, 4, 5], from: '10:00', to: '19:00' }],
  ...SETTINGS,
};
