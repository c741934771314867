import type { FieldError } from '../../../errors/domain-error.js';
import type { Interval } from '../../intervals/interval.js';
import { type IntervalSet, normalise } from '../../intervals/interval-set.js';
import type { Instant } from '../../time/civil-time.js';
import type { TimeZone } from '../../time/time-zone.js';
import { formatWhen, parseWhen } from '../../time/when.js';
import { firstInstantReading } from './first-instant.js';

/**
 * A time in which a person is away, or a room is closed. `from` and `to` are both dates (`YYYY-MM-DD`), or both instants
 * (RFC 3339). `to` is exclusive.
 */
export interface AwayText {
  readonly from: string;
  readonly to: string;
}

/** The largest number of times away of one person: two a week for a year. Each read of a calendar has all of them. */
export const MAX_AWAY = 100;

/** A boundary of a time away: the civil midnight of a date, or an instant. */
interface Boundary {
  readonly kind: 'date' | 'instant';
  readonly value: number;
}

/**
 * Returns the time that times away cover together, in the zone in which their dates are days. A day lasts from the first
 * instant at which the wall clock reaches the date to the first instant at which the clock reaches the next date. The
 * texts have no fault.
 *
 * @example awayTime([{ from: '2026-12-24', to: '2027-01-02' }], timeZone('Pacific/Auckland'));
 */
export function awayTime(away: readonly AwayText[], zone: TimeZone): IntervalSet {
  if (away.length === 0) return [];
  return normalise(
    away.map(({ from, to }): Interval => ({ start: instantOf(from, zone), end: instantOf(to, zone) })),
  );
}

/**
 * Returns the faults of times away; `[]` if there are none. Both boundaries are dates, or both are instants, in the years
 * 1900 to 2999, and `to` is after `from`. The fields are paths within the list, such as `0.to`. The field `''` is the
 * list.
 *
 * @example awayFaults([{ from: '2026-12-24', to: '2026-12-24' }]); // [{ field: '0.to', message: … }]
 */
export function awayFaults(away: readonly AwayText[]): FieldError[] {
  if (away.length > MAX_AWAY) return [{ field: '', message: `must hold at most ${MAX_AWAY}` }];
  return away.flatMap(({ from, to }, index) => {
    const [start, end] = [boundaryOf(from), boundaryOf(to)];
    if (start !== null && end !== null) {
      const fault = orderFault(start, end);
      return fault === null ? [] : [{ field: `${index}.to`, message: fault }];
    }
    return [
      ...(start === null ? [{ field: `${index}.from`, message: BOUNDARY_MESSAGE }] : []),
      ...(end === null ? [{ field: `${index}.to`, message: BOUNDARY_MESSAGE }] : []),
    ];
  });
}

/**
 * Returns a time away in one form: instants are in UTC and in whole seconds. The texts have no fault.
 *
 * @example
 * canonicalAway({ from: '2026-12-24T10:00:00+01:00', to: '2026-12-24T12:00:00+01:00' });
 * // { from: '2026-12-24T09:00:00Z', to: '2026-12-24T11:00:00Z' }
 */
export function canonicalAway({ from, to }: AwayText): AwayText {
  return { from: canonical(from), to: canonical(to) };
}

const BOUNDARY_MESSAGE =
  'must be a real date (2022-09-06) or an RFC 3339 instant with an offset or Z, in the years 1900 to 2999';

function orderFault(from: Boundary, to: Boundary): string | null {
  if (from.kind !== to.kind)
    return `must be ${from.kind === 'date' ? 'a date' : 'an instant'}, as \`from\` is`;
  return to.value > from.value ? null : 'must be after `from`: it is exclusive';
}

function boundaryOf(text: string): Boundary | null {
  const when = parseWhen(text);
  if (when === null || when.kind === 'civil') return null;
  return when.kind === 'instant'
    ? { kind: 'instant', value: when.instant }
    : { kind: 'date', value: when.civil };
}

function instantOf(text: string, zone: TimeZone): Instant {
  const { kind, value } = boundaryOf(text) ?? { kind: 'instant', value: Number.NaN };
  return kind === 'date' ? firstInstantReading(value, zone) : value;
}

function canonical(text: string): string {
  const when = parseWhen(text);
  return when === null ? text : formatWhen(when);
}
