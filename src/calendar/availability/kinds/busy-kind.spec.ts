import { describe, expect, test } from '@jest/globals';
import type { ParticipationStatus, PendingPolicy, ShowAs } from '../free-busy.js';
import { BUSY_KINDS, type BusyKind, busyKindOf } from './busy-kind.js';

const STATUSES: readonly ParticipationStatus[] = [
  'organizer',
  'accepted',
  'tentative',
  'needs_action',
  'declined',
];

describe('busyKindOf', () => {
  test.each<[ShowAs, ParticipationStatus, PendingPolicy, BusyKind | null]>([
    ['busy', 'organizer', 'busy', 'busy'],
    ['out_of_office', 'organizer', 'free', 'out_of_office'],
    ['out_of_office', 'accepted', 'busy', 'out_of_office'],
    ['out_of_office', 'needs_action', 'busy', 'tentative'],
    ['out_of_office', 'needs_action', 'answered', null],
    ['busy', 'tentative', 'answered', 'tentative'],
    ['busy', 'tentative', 'free', null],
    ['tentative', 'accepted', 'busy', 'tentative'],
    ['tentative', 'organizer', 'answered', 'tentative'],
    ['tentative', 'organizer', 'free', null],
    ['free', 'organizer', 'busy', null],
    ['out_of_office', 'declined', 'busy', null],
  ])('shown as %s, %s, pending %s: %s', (showAs, participation, pending, expected) => {
    expect(busyKindOf({ showAs, status: 'confirmed', participation, pending })).toBe(expected);
  });

  test.each(STATUSES.flatMap((participation) => BUSY_KINDS.map((showAs) => ({ participation, showAs }))))(
    'pending free omits exactly what is tentative: $participation, $showAs',
    ({ participation, showAs }) => {
      const facts = { showAs, status: 'confirmed', participation } as const;
      const kind = busyKindOf({ ...facts, pending: 'busy' });
      expect(busyKindOf({ ...facts, pending: 'free' })).toBe(kind === 'tentative' ? null : kind);
    },
  );
});
