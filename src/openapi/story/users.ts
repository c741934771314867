import { DomainError, invalidInput, notFound } from '../../errors/domain-error.js';
import { FIRST_USER, SECOND_USER, SETTINGS } from './people/people.js';
import { absentInPath, forbidden, KEY_REQUIRED } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

/** A text in place of a token that the service makes. */
const MADE_BY_SERVICE = 'jPR5nTqVcNmR6J1qyLJ0tVxvF1U4vPjXy2XHnqXg5cE';

const TOKENS = {
  access_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiIzIn0.c2lnbmF0dXJl',
  token_type: 'Bearer',
  expires_in: 900,
  refresh_token: MADE_BY_SERVICE,
};

const EXTERNAL_USER = {
  id: 4,
  name: 'Olya',
  email: 'olya@example.com',
  kind: 'person',
  created_at: '2022-09-06T14:16:47.878Z',
  updated_at: '2022-09-06T14:16:47.878Z',
  time_zone: 'Europe/Moscow',
  working_hours: null,
  ...SETTINGS,
  external_id: 'employee-7',
  metadata: { team: 'support' },
};

const NO_SUCH_USER = new DomainError('not-found', 'user_not_found', 'No user has this external id.');

const EMAIL_TAKEN = new DomainError('conflict', 'email_taken', 'The address belongs to another user.', [
  { field: 'email', message: 'belongs to another user' },
]);

/** User 1, 2 and 3. Only user 3 has a password, so that calls without a token may act for the other two. */
export const USERS_CHAPTER: Chapter = {
  createUser: {
    problems: {
      400: invalidInput({ field: 'email', message: 'must be an email address' }),
      403: new DomainError('forbidden', 'sign_up_closed', 'This server does not let people sign up.'),
      409: EMAIL_TAKEN,
    },
    requests: {
      first: {
        summary: 'A user without a password',
        value: { name: 'ishcherbina', email: 'ishcherbina@example.com' },
      },
      second: {
        summary: 'A user with a time zone and working hours',
        value: {
          name: 'Masha',
          email: 'masha@example.com',
          time_zone: 'Europe/Moscow',
          working_hours: [{ days_of_week: [1, 2, 3, 4, 5], from: '10:00', to: '19:00' }],
        },
      },
      third: {
        summary: 'Sign up: a user with a password',
        value: { name: 'Petya', email: 'petya@example.com', password: 'correct horse battery staple' },
      },
    },
    response: FIRST_USER,
  },
  findUsers: {
    parameters: { email: 'masha@example.com' },
    response: [SECOND_USER],
    problems: {
      400: invalidInput({ field: 'email', message: 'must be an email address' }),
    },
  },
  getUser: {
    response: FIRST_USER,
    problems: {
      404: absentInPath('user'),
    },
  },
  updateUser: {
    problems: {
      403: forbidden('Only the user may change themself.'),
      404: absentInPath('user'),
      409: EMAIL_TAKEN,
      429: { code: 'too_many_attempts', detail: 'Too many attempts to log in. Try again later.' },
    },
    requests: {
      hours: {
        summary: 'Working hours',
        value: { working_hours: [{ days_of_week: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }] },
      },
      availability: {
        summary: 'A half day, and nine days away',
        value: {
          availability_overrides: [{ date: '2022-08-19', intervals: [{ from: '09:00', to: '12:00' }] }],
          away: [{ from: '2022-08-20', to: '2022-08-29', reason: 'Holidays' }],
        },
      },
      reminders: {
        summary: 'A reminder ten minutes before each event',
        value: { default_reminders: [{ minutes_before: 10, method: 'log' }] },
      },
    },
    response: {
      ...FIRST_USER,
      working_hours: [{ days_of_week: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }],
    },
  },
  setUserByExternalId: {
    parameters: { external_id: 'employee-7' },
    problems: {
      400: invalidInput({ field: 'external_id', message: 'differs from that of the path' }),
      403: KEY_REQUIRED,
      409: EMAIL_TAKEN,
      412: { code: 'precondition_failed', detail: 'The resource exists already.' },
    },
    requests: {
      employee: {
        summary: 'A user of the product',
        value: {
          name: 'Olya',
          email: 'olya@example.com',
          time_zone: 'Europe/Moscow',
          metadata: { team: 'support' },
        },
      },
    },
    response: EXTERNAL_USER,
  },
  getUserByExternalId: {
    parameters: { external_id: 'employee-7' },
    problems: {
      400: invalidInput({ field: 'external_id', message: 'must not be empty' }),
      404: NO_SUCH_USER,
    },
    response: EXTERNAL_USER,
  },
  verifyEmail: {
    problems: {
      403: forbidden('Only the user may change themself.'),
      404: absentInPath('user'),
      409: new DomainError('conflict', 'email_not_configured', 'SMTP_URL is not set on this server.'),
      429: {
        code: 'too_many_attempts',
        detail:
          'Too many verification mails to this address, for this user or from this client. Try again later.',
      },
    },
    requests: {
      token: {
        summary: 'Verify by the token of the mail',
        value: { token: MADE_BY_SERVICE },
      },
    },
    response: FIRST_USER,
  },
};

export const AUTH_CHAPTER: Chapter = {
  logIn: {
    problems: {
      400: invalidInput({ field: 'email', message: 'must be an email address' }),
      401: { code: 'invalid_credentials', detail: 'The address or the password is wrong.' },
      429: { code: 'too_many_attempts', detail: 'Too many attempts to log in. Try again later.' },
    },
    requests: {
      third: {
        summary: 'The user with a password',
        value: { email: 'petya@example.com', password: 'correct horse battery staple' },
      },
    },
    response: TOKENS,
  },
  refreshTokens: {
    problems: {
      400: invalidInput({ field: 'refresh_token', message: 'is required' }),
      401: { code: 'invalid_refresh_token', detail: 'The refresh token is not accepted. Log in again.' },
    },
    requests: {
      token: { summary: 'The refresh token of the login', value: { refresh_token: MADE_BY_SERVICE } },
    },
    response: TOKENS,
  },
  exchangeToken: {
    problems: {
      400: invalidInput({ field: 'user_id', message: 'is required' }),
      404: absentInPath('user'),
    },
    requests: {
      browser: {
        summary: 'A token for the browser of user 1',
        value: { user_id: 1, expires_in: 900, scopes: ['events.read'] },
      },
    },
    response: {
      access_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImV4Y2hhbmdlZCtqd3QifQ.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
      token_type: 'Bearer',
      expires_in: 900,
    },
  },
  changePassword: {
    problems: {
      400: invalidInput({ field: 'new_password', message: 'is required' }),
      403: new DomainError('forbidden', 'wrong_password', 'current_password is not the password.', [
        { field: 'current_password', message: 'is not the password' },
      ]),
      404: notFound('user', 'me'),
      429: { code: 'too_many_attempts', detail: 'Too many attempts to log in. Try again later.' },
    },
    requests: {
      third: {
        summary: 'A new password of user 3, who logs in again after that',
        value: {
          current_password: 'correct horse battery staple',
          new_password: 'another horse, another battery',
        },
      },
    },
  },
  forgotPassword: {
    problems: {
      400: invalidInput({ field: 'email', message: 'must be an email address' }),
      409: new DomainError('conflict', 'email_not_configured', 'SMTP_URL is not set on this server.'),
    },
    requests: {
      third: { summary: 'The user with a password', value: { email: 'petya@example.com' } },
    },
  },
  resetPassword: {
    problems: {
      400: invalidInput({ field: 'token', message: 'is required' }),
    },
    requests: {
      token: {
        summary: 'A new password by the token of the mail',
        value: { token: `1.3.${MADE_BY_SERVICE}`, new_password: 'another horse, another battery' },
      },
    },
  },
  logOut: {
    problems: {
      400: invalidInput({ field: 'refresh_token', message: 'is required' }),
    },
    requests: {
      token: { summary: 'The refresh token of the login', value: { refresh_token: MADE_BY_SERVICE } },
    },
  },
};
