import type { Instant } from '../time/civil-time.js';
import type { Availability, BlockingRule } from './availability.js';

/** A rule that kept a participant from attending; it names no event, so that it tells no more than free/busy does. */
export interface BlockingReason {
  readonly userId: number;
  readonly rule: BlockingRule;
  /** Whether this participant, by all their rules, could attend none of the starts, whatever the others do. */
  readonly unavailableThroughout: boolean;
}

/**
 * Why no meeting starts before an instant: for each participant, the rules that take any of the time before it, and
 * whether they alone could not have started a meeting in that time either. Participants in the order given, each
 * one's rules in the order busy, buffer, outside working hours; `[]` where no time lies before it.
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
