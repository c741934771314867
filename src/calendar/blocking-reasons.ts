import type { Availability, BlockingRule } from './availability.js';
import type { Instant } from './civil-time.js';
import type { Interval } from './interval.js';

/** A rule that kept a participant from attending; it names no event, so that it tells no more than free/busy does. */
export interface BlockingReason {
  readonly userId: number;
  readonly rule: BlockingRule;
  /** Whether this participant, by all their rules, could attend none of the starts, whatever the others do. */
  readonly unavailableThroughout: boolean;
}

/** The first start that a query allows at an instant or after it. */
export type StartRule = (instant: Instant) => Instant;

/**
 * Why there was nothing in the time that was searched in vain: for each participant, the rules that take any of
 * `searched`, and whether any of the `starts` would have suited them. Participants in the order given, each one's
 * rules in the order busy, buffer, outside working hours; `[]` for an empty search.
 *
 * @example blockingReasons(required, searched, starts, duration, startAt);
 */
export function blockingReasons(
  required: readonly Availability[],
  searched: Interval,
  starts: Interval,
  duration: number,
  startAt: StartRule,
): BlockingReason[] {
  return required.flatMap((availability) => {
    const rules = availability.rulesBlockingBefore(searched.end);
    const unavailableThroughout = rules.length > 0 && !canAttendAny(availability, starts, duration, startAt);
    return rules.map((rule) => ({ userId: availability.participant.id, rule, unavailableThroughout }));
  });
}

function canAttendAny(
  { available }: Availability,
  starts: Interval,
  duration: number,
  startAt: StartRule,
): boolean {
  return available.some(({ start, end }) => {
    const first = startAt(Math.max(start, starts.start));
    return first < starts.end && first + duration <= end;
  });
}
