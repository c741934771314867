import { describe, expect, test } from '@jest/globals';
import type { NewAttendee, NewOccurrenceAnswer, NewOverride, NewSeries } from './commands.js';
import {
  MAX_COMMENT_LENGTH,
  MAX_DESCRIPTION_LENGTH,
  MAX_INVITED_USERS,
  MAX_LOCATION_LENGTH,
  MAX_TITLE_LENGTH,
} from './event-limits.js';
import { refuseBeyondLimits } from './series-limits.js';

const START = { kind: 'instant', instant: 0 } as const;

const SERIES: NewSeries = {
  organizerId: 1,
  title: 'Stand-up',
  description: null,
  location: '',
  showAs: 'busy',
  schedule: { start: START, endOrLength: { length: { seconds: 60, days: 60 } } },
  conflictPolicy: 'allow',
  status: 'confirmed',
  attendees: [],
  overrides: [],
  answers: [],
};

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

describe('a series', () => {
  test.each<[string, Partial<NewSeries>]>([
    ['with the longest title', { title: 'x'.repeat(MAX_TITLE_LENGTH) }],
    ['with the longest description', { description: 'x'.repeat(MAX_DESCRIPTION_LENGTH) }],
    ['with the longest location', { location: 'x'.repeat(MAX_LOCATION_LENGTH) }],
    ['with as many attendees as possible', { attendees: attendees(MAX_INVITED_USERS) }],
    ['with the longest comments', { answers: [answer('x'.repeat(MAX_COMMENT_LENGTH))] }],
    ['with an override that names no text', { overrides: [override({})] }],
    ['with an override that removes text', { overrides: [override({ description: null, location: '' })] }],
  ])('%s is within the limits', (_, given) => {
    expect(() => refuseBeyondLimits({ ...SERIES, ...given })).not.toThrow();
  });

  test.each<[string, Partial<NewSeries>, string]>([
    ['without a title', { title: ' ' }, 'title'],
    ['with a longer title', { title: 'x'.repeat(MAX_TITLE_LENGTH + 1) }, 'title'],
    ['with NUL in its title', { title: 'a\0' }, 'title'],
    ['with a longer description', { description: 'x'.repeat(MAX_DESCRIPTION_LENGTH + 1) }, 'description'],
    ['with a longer location', { location: 'x'.repeat(MAX_LOCATION_LENGTH + 1) }, 'location'],
    ['with more attendees', { attendees: attendees(MAX_INVITED_USERS + 1) }, 'attendees'],
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
    const refused = () => refuseBeyondLimits({ ...SERIES, ...given });
    expect(refused).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        errors: [{ field, message: expect.stringMatching(/^must /) }],
      }),
    );
  });
});
