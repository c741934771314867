import type { CivilTime, Instant } from '../../time/civil-time.js';
import type { TimeZone } from '../../time/time-zone.js';

/**
 * Returns the first instant at which the zone's wall clock reads the civil time or a later one. If the clocks skip the
 * civil time, this is the change of the clocks. If they read it twice, this is at the first pass.
 *
 * @example firstInstantReading(parseCivilTime('2026-03-29T02:30:00'), timeZone('Europe/Berlin')); // 2026-03-29T01:00:00Z
 */
export function firstInstantReading(civil: CivilTime, zone: TimeZone): Instant {
  const instant = zone.toInstant(civil);
  const skipped = zone.toCivil(instant) - civil;
  if (skipped === 0) return instant;
  return zone.nextTransition(instant - skipped, instant + 1) ?? instant;
}
