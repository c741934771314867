import type { Instant } from '../time/civil-time.js';
import type { Availability, BlockingRule } from './availability.js';

/** A rule that makes a person unavailable. It names no event, so it reveals no more than free/busy. */
export interface BlockingReason {
  readonly userId: number;
  readonly rule: BlockingRule;
  /**
   * When the rule next stops blocking the person: the end of the first interval of the search that it blocks. Null: not
   * before the end of the search.
   */
  readonly until: Instant | null;
  /** Whether the person is optional, so that the rule keeps no meeting from taking place. */
  readonly optional: boolean;
  /**
   * Whether the rules of this person leave no start up to the nearest one, that one included, even if all other people are
   * free. So it is false for each person who can attend the nearest meeting.
   */
  readonly unavailableThroughout: boolean;
}

/** The part of a search that reasons explain. */
export interface ExplainedSearch {
  /** The start of the nearest meeting; null if there is none. */
  readonly nearestStart: Instant | null;
  /** The end of the window of the search. */
  readonly end: Instant;
}

/**
 * Returns the reasons why no meeting starts before the nearest one, or at all if there is none: for each person, the rules
 * that make the person unavailable before it. The people are in the order given. The rules of a person are in the order
 * of `Availability.rulesBlockingBefore`.
 * Returns `[]` if no rule makes anyone unavailable before the nearest start, for example because the search starts there.
 *
 * @example blockingReasons(people, { nearestStart: nearest.start, end: query.window.end });
 */
export function blockingReasons(
  people: readonly Availability[],
  { nearestStart, end }: ExplainedSearch,
): BlockingReason[] {
  return people.flatMap((availability) => {
    const rules = availability.rulesBlockingBefore(nearestStart ?? end);
    if (rules.length === 0) return [];
    const { id, optional } = availability.person;
    const first = availability.firstStart();
    const unavailableThroughout = first === null || first > (nearestStart ?? end);
    return rules.map(({ rule, until }) => ({
      userId: id,
      rule,
      until: until < end ? until : null,
      optional,
      unavailableThroughout,
    }));
  });
}
