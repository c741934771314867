import type { AvailabilityOverrideRow, AwayRow } from '../model/user-record.js';
import type { AvailabilityOverrideDto, AwayDto, NewAwayDto } from './availability.dto.js';

/** The fields of a request about availability. */
interface AvailabilityInput {
  readonly availability_overrides?: AvailabilityOverrideDto[];
  readonly away?: NewAwayDto[];
}

/** The fields of commands about availability; undefined: the request lacks the field. */
export function toAvailabilityPatch({ availability_overrides: overrides, away }: AvailabilityInput): {
  readonly availabilityOverrides: readonly AvailabilityOverrideRow[] | undefined;
  readonly away: readonly AwayRow[] | undefined;
} {
  return {
    availabilityOverrides: overrides?.map(toOverride),
    away: away?.map(({ from, to, reason = null }) => ({ from, to, reason })),
  };
}

export function toAvailabilityOverrideDtos(
  overrides: readonly AvailabilityOverrideRow[],
): AvailabilityOverrideDto[] {
  return overrides.map(toOverride);
}

/** @param seesReasons whether the caller sees why the user is away */
export function toAwayDtos(away: readonly AwayRow[], seesReasons: boolean): AwayDto[] {
  return away.map(({ from, to, reason }) => ({ from, to, ...(seesReasons && { reason }) }));
}

function toOverride({ date, intervals }: AvailabilityOverrideRow): AvailabilityOverrideDto {
  return { date, intervals: intervals.map(({ from, to }) => ({ from, to })) };
}
