import { describe, expect, test } from '@jest/globals';
import { type CalendarAccess, mayWriteIn, type VisiblePart, visiblePart } from './calendar-access.js';
import { CALENDAR_ROLES, type CalendarRole, includesRole } from './calendar-role.js';

/** An access, written as its role, with a plus if the caller sees private events. */
function access(text: string): CalendarAccess {
  return { role: text.replace('+', '') as CalendarRole, seesPrivate: text.endsWith('+') };
}

describe('the part of an event that a caller sees', () => {
  test.each<[string, VisiblePart, VisiblePart]>([
    ['none', 'hidden', 'hidden'],
    ['none+', 'hidden', 'hidden'],
    ['free_busy_reader', 'times', 'times'],
    ['free_busy_reader+', 'times', 'times'],
    ['reader', 'full', 'times'],
    ['reader+', 'full', 'full'],
    ['writer', 'full', 'times'],
    ['writer+', 'full', 'full'],
    ['owner', 'full', 'times'],
    ['owner+', 'full', 'full'],
  ])('through a calendar with the role %s is %s; of a private event %s', (text, ofPublic, ofPrivate) => {
    const calendars = [access(text)];
    expect(visiblePart({ attends: false, isPrivate: false }, calendars)).toBe(ofPublic);
    expect(visiblePart({ attends: false, isPrivate: true }, calendars)).toBe(ofPrivate);
    expect(visiblePart({ attends: true, isPrivate: true }, calendars)).toBe('full');
  });

  test.each<[string, string, VisiblePart, VisiblePart]>([
    ['reader', 'none', 'hidden', 'hidden'],
    ['owner+', 'none', 'hidden', 'hidden'],
    ['owner+', 'free_busy_reader', 'times', 'times'],
    ['free_busy_reader', 'none', 'hidden', 'hidden'],
    ['reader', 'writer', 'full', 'times'],
    ['reader+', 'writer', 'full', 'times'],
    ['reader+', 'owner+', 'full', 'full'],
  ])('through %s and %s is what both allow: %s; of a private event %s', (one, other, ofPublic, ofPrivate) => {
    for (const calendars of [
      [access(one), access(other)],
      [access(other), access(one)],
    ]) {
      expect(visiblePart({ attends: false, isPrivate: false }, calendars)).toBe(ofPublic);
      expect(visiblePart({ attends: false, isPrivate: true }, calendars)).toBe(ofPrivate);
    }
  });
});

test.each<[string, boolean, boolean]>([
  ['none', false, false],
  ['free_busy_reader+', false, false],
  ['reader+', false, false],
  ['writer', true, false],
  ['writer+', true, true],
  ['owner+', true, true],
])('the role %s writes events: %s; private ones: %s', (text, ofPublic, ofPrivate) => {
  expect(mayWriteIn(access(text), false)).toBe(ofPublic);
  expect(mayWriteIn(access(text), true)).toBe(ofPrivate);
});

test('each role includes those before it, and itself', () => {
  for (const [index, role] of CALENDAR_ROLES.entries()) {
    const included = CALENDAR_ROLES.filter((other) => includesRole(role, other));
    expect(included).toEqual(CALENDAR_ROLES.slice(0, index + 1));
  }
});
