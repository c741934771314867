import type { Instant } from '../time/civil-time.js';
import type { Availability, BlockingRule } from './availability.js';

/** A rule that blocked the time of a participant. It names no event, so it reveals no more than free/busy. */
export interface BlockingReason {
  readonly userId: number;
  readonly rule: BlockingRule;
  /** Whether the rules of this participant leave no start at all, whatever the other participants do. */
  readonly unavailableThroughout: boolean;
}

/**
 * The reasons why no meeting starts before an instant: the rules of each participant that block time before it. The
 * participants are in the order given, and the rules of each in the order busy, buffer, outside working hours. `[]` if
 * the search has no time before the instant.
 *
 * @example blockingReasons(required, nearest.start);
 */
export function blockingReasons(required: readonly Availability[], before: Instant): BlockingReason[] {
  return required.flatMap((availability) => {
    const rules = availability.rulesBlockingBefore(before);
    const first = rules.length > 0 ? availability.firstStart() : null;
    const unavailableThroughout = first === null || first >= before;
    return rules.map((rule) => ({ userId: availability.participant.id, rule, unavailableThroughout }));
  });
}
