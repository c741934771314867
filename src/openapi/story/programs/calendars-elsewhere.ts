import { DomainError, invalidInput } from '../../../errors/domain-error.js';
import { absentInPath, forbidden } from '../steps/refusals.js';
import type { Chapter } from '../steps/step.js';

const AT = '2022-09-06T14:16:47.878Z';

const FEED = {
  id: 1,
  calendar_id: 1,
  detail: 'busy',
  include_private: false,
  created_by_key_id: null,
  created_at: AT,
};

const TOKEN = 'feed_2ZQhVq0mJ5c8Rk3sT1xW9yB4nD7fG6pLzA0eHuKiMjo';

const FEED_PATH = { calendar_id: 1, feed_id: 1 };

const FEED_OF_THE_USER = forbidden('Only the user of the calendar, or an API key, may use its feeds.');

const BAD_PAGE = invalidInput({ field: 'limit', message: 'must be an integer from 1 to 1000' });

/** A feed of the primary calendar of user 1, from its creation to its deletion. */
export const FEEDS_CHAPTER: Chapter = {
  createCalendarFeed: {
    parameters: { calendar_id: 1 },
    problems: {
      400: invalidInput({ field: 'detail', message: 'must be one of full, busy' }),
      403: FEED_OF_THE_USER,
      404: absentInPath('calendar'),
      409: new DomainError('conflict', 'too_many_feeds', 'A calendar has at most 20 feeds.'),
    },
    requests: { busy: { summary: 'The times of the events alone', value: { detail: 'busy' } } },
    response: { ...FEED, url: `/feeds/${TOKEN}/calendar.ics` },
  },
  listCalendarFeeds: {
    parameters: { calendar_id: 1 },
    response: [FEED],
    problems: { 400: BAD_PAGE, 403: FEED_OF_THE_USER, 404: absentInPath('calendar') },
  },
  getFeed: {
    parameters: { token: TOKEN },
    problems: { 404: new DomainError('not-found', 'feed_not_found', 'No feed has this address.') },
  },
  getCalendarFeed: {
    parameters: FEED_PATH,
    response: FEED,
    problems: { 403: FEED_OF_THE_USER, 404: absentInPath('feed') },
  },
  deleteCalendarFeed: {
    parameters: FEED_PATH,
    problems: { 403: FEED_OF_THE_USER, 404: absentInPath('feed') },
  },
};

const SUBSCRIPTION = {
  id: 1,
  user_id: 1,
  calendar_id: 6,
  url: 'https://example.com/holidays/germany.ics',
  counts_as: 'free',
  last_success_at: null,
  failing_since: null,
  last_error: null,
  last_error_code: null,
  next_fetch_at: AT,
  created_at: AT,
  updated_at: AT,
};

const SUBSCRIPTION_PATH = { calendar_subscription_id: 1 };

const ABSENT = absentInPath('calendar subscription');

const SUBSCRIPTION_OF_THE_USER = forbidden(
  'Only the user, or an API key, may use the calendar subscriptions of the user.',
);

/** A subscription of user 1, whose calendar is the sixth, from its creation to its deletion. */
export const SUBSCRIPTIONS_CHAPTER: Chapter = {
  createCalendarSubscription: {
    problems: {
      400: invalidInput({ field: 'url', message: 'is required' }),
      403: SUBSCRIPTION_OF_THE_USER,
      404: absentInPath('user'),
      409: new DomainError(
        'conflict',
        'too_many_calendar_subscriptions',
        'A user has at most 50 calendar subscriptions.',
      ),
    },
    requests: {
      holidays: {
        summary: 'Holidays, which take no time',
        value: { url: 'webcal://example.com/holidays/germany.ics', counts_as: 'free', name: 'Holidays' },
      },
    },
    response: SUBSCRIPTION,
  },
  listCalendarSubscriptions: {
    response: [SUBSCRIPTION],
    problems: { 400: BAD_PAGE, 403: SUBSCRIPTION_OF_THE_USER, 404: absentInPath('user') },
  },
  refreshCalendarSubscription: {
    parameters: SUBSCRIPTION_PATH,
    response: SUBSCRIPTION,
    problems: { 404: ABSENT },
  },
  getCalendarSubscription: {
    parameters: SUBSCRIPTION_PATH,
    response: SUBSCRIPTION,
    problems: { 404: ABSENT },
  },
  updateCalendarSubscription: {
    parameters: SUBSCRIPTION_PATH,
    requests: { busy: { summary: 'Let the events take time', value: { counts_as: 'busy' } } },
    response: { ...SUBSCRIPTION, counts_as: 'busy' },
    problems: {
      400: invalidInput({ field: 'counts_as', message: 'must be one of busy, free' }),
      404: ABSENT,
    },
  },
  deleteCalendarSubscription: { parameters: SUBSCRIPTION_PATH, problems: { 404: ABSENT } },
};
