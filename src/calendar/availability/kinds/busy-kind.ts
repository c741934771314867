import { type BusyFacts, countsAsBusy, type ShowAs } from '../free-busy.js';

/** The kind of time at which a person is busy. */
export type BusyKind = Exclude<ShowAs, 'free'>;

/** The kinds, the strongest first. If events of several kinds overlap, their common time is of the strongest kind. */
export const BUSY_KINDS = ['out_of_office', 'busy', 'tentative'] as const satisfies readonly BusyKind[];

/**
 * Returns the kind of time that an event is for an attendee; null if the attendee is not busy. An event without a firm
 * answer of the attendee is tentative. So `pending: 'free'` omits exactly the time that is tentative otherwise.
 *
 * @example busyKindOf({ showAs: 'busy', status: 'confirmed', participation: 'tentative', pending: 'busy' }); // 'tentative'
 */
export function busyKindOf(facts: BusyFacts): BusyKind | null {
  const { showAs, participation } = facts;
  if (showAs === 'free' || !countsAsBusy(facts)) return null;
  return participation === 'tentative' || participation === 'needs_action' ? 'tentative' : showAs;
}
