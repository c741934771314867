import type { Availability, BlockingRule } from './availability.js';
import type { Instant } from './civil-time.js';

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
 * Why no meeting starts before an instant: for each participant, the rules that take any of the time before it, and
 * whether they alone could not have started a meeting in that time either. Participants in the order given, each
 * one's rules in the order busy, buffer, outside working hours; `[]` where no time lies before it.
 *
 * @example blockingReasons(required, nearest.start, duration, (instant) => nextOnGrid(grid, instant));
 */
export function blockingReasons(
  required: readonly Availability[],
  before: Instant,
  duration: number,
  startAt: StartRule,
): BlockingReason[] {
  return required.flatMap((availability) => {
    const rules = availability.rulesBlockingBefore(before);
    const unavailableThroughout = rules.length > 0 && !canAttendAny(availability, before, duration, startAt);
    return rules.map((rule) => ({ userId: availability.participant.id, rule, unavailableThroughout }));
  });
}

function canAttendAny(
  { available }: Availability,
  before: Instant,
  duration: number,
  startAt: StartRule,
): boolean {
  return available.some(({ start, end }) => {
    const first = startAt(start);
    return first < before && first + duration <= end;
  });
}
