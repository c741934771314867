import { describe, expect, test } from '@jest/globals';
import { NO_APPEARANCE } from './appearance/event-appearance.js';
import {
  refuseAnswerBeyondLimits,
  refusePatchBeyondLimits,
  refuseSeriesBeyondLimits,
} from './command-limits.js';
import type { EventPatch, NewAttendee, NewOccurrenceAnswer, NewOverride, NewSeries } from './commands.js';
import {
  MAX_COMMENT_LENGTH,
  MAX_DATES,
  MAX_DESCRIPTION_LENGTH,
  MAX_INVITED_USERS,
  MAX_LOCATION_LENGTH,
  MAX_TITLE_LENGTH,
} from './event-limits.js';

const START = { kind: 'instant', instant: 0 } as const;

const SERIES: NewSeries = {
  organizerId: 1,
  title: 'Stand-up',
  description: null,
  location: '',
  ...NO_APPEARANCE,
  externalId: null,
  metadata: {},
  showAs: 'busy',
  schedule: { start: START, endOrLength: { durationInUnitOfEvent: 60 } },
  conflictPolicy: 'allow',
  status: 'confirmed',
  attendees: [],
  guests: [],
  overrides: [],
  answers: [],
};

const GUEST = { address: 'zoe@x.example', email: 'zoe@x.example' };

function attendee(comment: string | null = null): NewAttendee {
  return { userId: 2, status: 'accepted', comment };
}

function answer(comment: string | null): NewOccurrenceAnswer {
  return { userId: 2, originalStart: START, status: 'accepted', comment };
}

function override(patch: NewOverride['patch']): NewOverride {
  return { originalStart: START, patch };
}

function attendees(count: number): NewAttendee[] {
  return Array.from({ length: count }, () => attendee());
}

/** A change of the RDATEs or EXDATEs to so many dates. */
function dated(field: 'rdates' | 'exdates', count: number) {
  return { schedule: { repeat: { rule: null, [field]: Array.from({ length: count }, () => START) } } };
}

function invited(count: number): EventPatch {
  return { invitedUserIds: Array.from({ length: count }, (_, index) => index) };
}

function naming(field: string) {
  return expect.objectContaining({
    kind: 'invalid',
    errors: [{ field, message: expect.stringMatching(/^must /) }],
  });
}

describe('a series', () => {
  test.each<[string, Partial<NewSeries>]>([
    ['with the longest title', { title: 'x'.repeat(MAX_TITLE_LENGTH) }],
    ['with the longest description', { description: 'x'.repeat(MAX_DESCRIPTION_LENGTH) }],
    ['with the longest location', { location: 'x'.repeat(MAX_LOCATION_LENGTH) }],
    ['with as many attendees as possible', { attendees: attendees(MAX_INVITED_USERS) }],
    ['with as many RDATEs as possible', dated('rdates', MAX_DATES)],
    ['with as many EXDATEs as possible', dated('exdates', MAX_DATES)],
    ['with the longest comments', { answers: [answer('x'.repeat(MAX_COMMENT_LENGTH))] }],
    ['with an override that names no text', { overrides: [override({})] }],
    ['with an override that removes text', { overrides: [override({ description: null, location: '' })] }],
  ])('%s is within the limits', (_, given) => {
    expect(() => refuseSeriesBeyondLimits({ ...SERIES, ...given })).not.toThrow();
  });

  test.each<[string, Partial<NewSeries>, string]>([
    ['without a title', { title: ' ' }, 'title'],
    ['with a longer title', { title: 'x'.repeat(MAX_TITLE_LENGTH + 1) }, 'title'],
    ['with NUL in its title', { title: 'a\0' }, 'title'],
    ['with a longer description', { description: 'x'.repeat(MAX_DESCRIPTION_LENGTH + 1) }, 'description'],
    ['with a longer location', { location: 'x'.repeat(MAX_LOCATION_LENGTH + 1) }, 'location'],
    ['with more attendees', { attendees: attendees(MAX_INVITED_USERS + 1) }, 'attendees'],
    ['with more guests', { attendees: attendees(MAX_INVITED_USERS), guests: [GUEST] }, 'invited'],
    ['with an empty name of a guest', { guests: [{ ...GUEST, name: '' }] }, 'invited.0.name'],
    ['with more RDATEs', dated('rdates', MAX_DATES + 1), 'repeat.rdates'],
    ['with more EXDATEs', dated('exdates', MAX_DATES + 1), 'repeat.exdates'],
    [
      'with a longer comment of an attendee',
      { attendees: [attendee(), attendee('x'.repeat(MAX_COMMENT_LENGTH + 1))] },
      'attendees.1.comment',
    ],
    [
      'with a longer comment of an answer',
      { answers: [answer('x'.repeat(MAX_COMMENT_LENGTH + 1))] },
      'answers.0.comment',
    ],
    [
      'with a longer title of an override',
      { overrides: [override({}), override({ title: 'x'.repeat(MAX_TITLE_LENGTH + 1) })] },
      'overrides.1.title',
    ],
    [
      'with a longer location of an override',
      { overrides: [override({ location: 'x'.repeat(MAX_LOCATION_LENGTH + 1) })] },
      'overrides.0.location',
    ],
  ])('%s is refused', (_, given, field) => {
    expect(() => refuseSeriesBeyondLimits({ ...SERIES, ...given })).toThrow(naming(field));
  });
});

describe('a change', () => {
  test.each<[string, EventPatch]>([
    ['that names nothing', {}],
    ['to the longest title', { title: 'x'.repeat(MAX_TITLE_LENGTH) }],
    ['that removes text', { description: null, location: '' }],
    ['to the longest description', { description: 'x'.repeat(MAX_DESCRIPTION_LENGTH) }],
    ['to the longest location', { location: 'x'.repeat(MAX_LOCATION_LENGTH) }],
    ['to as many invited users as possible', invited(MAX_INVITED_USERS)],
    ['to as many RDATEs as possible', dated('rdates', MAX_DATES)],
    ['that ends the recurrence', { schedule: { repeat: null } }],
  ])('%s is within the limits', (_, patch) => {
    expect(() => refusePatchBeyondLimits(patch)).not.toThrow();
  });

  test.each<[string, EventPatch, string]>([
    ['to no title', { title: '' }, 'title'],
    ['to a longer title', { title: 'x'.repeat(MAX_TITLE_LENGTH + 1) }, 'title'],
    ['to a longer description', { description: 'x'.repeat(MAX_DESCRIPTION_LENGTH + 1) }, 'description'],
    ['to a longer location', { location: 'x'.repeat(MAX_LOCATION_LENGTH + 1) }, 'location'],
    ['to more invited users', invited(MAX_INVITED_USERS + 1), 'invitedUsers'],
    ['to more RDATEs', dated('rdates', MAX_DATES + 1), 'repeat.rdates'],
    ['to more EXDATEs', dated('exdates', MAX_DATES + 1), 'repeat.exdates'],
  ])('%s is refused', (_, patch, field) => {
    expect(() => refusePatchBeyondLimits(patch)).toThrow(naming(field));
  });
});

describe('an answer', () => {
  const ANSWER = { inviteId: 1, status: 'accepted' as const };

  test.each<[string, string | null | undefined]>([
    ['without a comment', undefined],
    ['that removes its comment', null],
    ['with the longest comment', 'x'.repeat(MAX_COMMENT_LENGTH)],
  ])('%s is within the limits', (_, comment) => {
    expect(() => refuseAnswerBeyondLimits({ ...ANSWER, comment })).not.toThrow();
  });

  test.each<[string, string]>([
    ['with a longer comment', 'x'.repeat(MAX_COMMENT_LENGTH + 1)],
    ['with NUL in its comment', 'a\0'],
  ])('%s is refused', (_, comment) => {
    expect(() => refuseAnswerBeyondLimits({ ...ANSWER, comment })).toThrow(naming('comment'));
  });
});
