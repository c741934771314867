import { formatCivilTime, type Instant, SECOND_PASS } from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { formatWhen, type When } from '../../calendar/time/when.js';
import { invalidInput, notFound } from '../../errors/domain-error.js';
import {
  type EventTimesRecord,
  originalStartOf,
  repeats,
} from '../../scheduling/occurrences/series-record.js';
import type { OverrideRecord, RecordedOccurrence } from './event-record.js';
import type { TimeForm } from './schedule/event-times.js';

/** Computes occurrences of events. */
interface Occurrences {
  at(event: EventTimesRecord<OverrideRecord>, originalStart: Instant): RecordedOccurrence | null;
  first(event: EventTimesRecord<OverrideRecord>): RecordedOccurrence | null;
}

/**
 * The occurrence with an original start: an instant, a civil time of the event's zone, or the date of an all-day event.
 * A cancelled occurrence is found too, so that a change can restore it. Overrides and answers are stored by civil time,
 * so of two occurrences at the same civil time only the first can have them.
 * @throws {DomainError} invalid, naming `originalStart`; not-found `occurrence_not_found`
 */
export function findOccurrence(
  event: EventTimesRecord<OverrideRecord>,
  originalStart: When,
  occurrences: Occurrences,
): RecordedOccurrence {
  const candidates = originalStartsOf(originalStart, event);
  const [occurrence] = candidates.flatMap((at) => occurrences.at(event, at) ?? []);
  if (!occurrence) throw notFound('occurrence', formatWhen(originalStart));
  const key = formatCivilTime(occurrence.originalCivilStart);
  if (repeats(event) && originalStartOf(event, key) !== occurrence.originalCivilStart) {
    const message = 'must not name the second of two occurrences that start at the same civil time';
    throw invalidInput({ field: 'originalStart', message });
  }
  return occurrence;
}

/** The first occurrence that takes place. @throws {DomainError} not-found, if all occurrences are cancelled */
export function findFirstOccurrence(
  event: EventTimesRecord<OverrideRecord>,
  occurrences: Occurrences,
): RecordedOccurrence {
  const occurrence = occurrences.first(event);
  if (!occurrence) throw notFound('occurrence of event', event.id);
  return occurrence;
}

/**
 * The instants that `when` may mean in the zone of an event: a civil time of a repeated hour means the second pass if no
 * occurrence starts in the first.
 * @throws {DomainError} invalid, naming `originalStart`
 */
export function originalStartsOf(when: When, { allDay, timeZone: name }: TimeForm): Instant[] {
  if (when.kind === 'date' && !allDay)
    throw invalidInput({ field: 'originalStart', message: 'must be an RFC 3339 instant' });
  if (when.kind === 'instant') return [when.instant];
  const zone = timeZone(name);
  return [zone.toInstant(when.civil), zone.toInstant(when.civil + SECOND_PASS)];
}
