import type { Instant } from '../time/civil-time.js';
import type { Availability, BlockingRule } from './availability.js';

/** A rule that makes a person unavailable. It names no event, so it reveals no more than free/busy. */
export interface BlockingReason {
  readonly userId: number;
  readonly rule: BlockingRule;
  /** Whether the rules of this person leave no start before the instant, even if all other people are free. */
  readonly unavailableThroughout: boolean;
}

/**
 * Returns the reasons why no meeting starts before an instant: for each person, the rules that make the person unavailable before it.
 * The people are in the order given. The rules of a person are in the order busy, hold, buffer, outside working hours,
 * calendar not shared.
 * Returns `[]` if no rule makes anyone unavailable before the instant, for example because the search starts there.
 *
 * @example blockingReasons(required, nearest.start);
 */
export function blockingReasons(required: readonly Availability[], before: Instant): BlockingReason[] {
  return required.flatMap((availability) => {
    const rules = availability.rulesBlockingBefore(before);
    const first = rules.length > 0 ? availability.firstStart() : null;
    const unavailableThroughout = first === null || first >= before;
    return rules.map((rule) => ({ userId: availability.person.id, rule, unavailableThroughout }));
  });
}
