import { formatCivilTime, type Instant, SECOND_PASS } from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { invalidInput, notFound } from '../../errors/domain-error.js';
import { parseWhen } from '../../http/values/when.js';
import type { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { originalStartOf, repeats } from '../../scheduling/occurrences/series-row.js';
import type { EventRecord, RecordedOccurrence } from './event-record.js';

/**
 * The occurrence that `text` names by its original start: an instant, a civil time of the event's zone, or the date
 * of an all-day event. A cancelled one is found too, so that it can be brought back. Exceptions are stored by civil time,
 * so of two occurrences at the same civil time only the first can have one.
 * @throws {DomainError} invalid, naming `original_start`; not-found `occurrence_not_found`
 */
export function occurrenceNamed(
  event: EventRecord,
  text: string,
  occurrences: OccurrencesService,
): RecordedOccurrence {
  const named = originalStartsNamed(event, text);
  const [occurrence] = named.flatMap((at) => occurrences.at(event, at) ?? []);
  if (!occurrence) throw notFound('occurrence', text);
  const key = formatCivilTime(occurrence.originalCivilStart);
  if (repeats(event) && originalStartOf(event, key) !== occurrence.originalCivilStart) {
    const message = 'must not name the second of two occurrences that start at the same civil time';
    throw invalidInput({ field: 'original_start', message });
  }
  return occurrence;
}

/** The instants that `text` may mean: a civil time of a repeated hour means the second pass if the first is none. */
function originalStartsNamed(event: EventRecord, text: string): Instant[] {
  const when = parseWhen(text);
  if (when === null || (when.kind === 'date' && !event.allDay)) {
    const message = event.allDay ? 'must be a date or an RFC 3339 instant' : 'must be an RFC 3339 instant';
    throw invalidInput({ field: 'original_start', message });
  }
  if (when.kind === 'instant') return [when.instant];
  const zone = timeZone(event.timeZone);
  return [zone.toInstant(when.civil), zone.toInstant(when.civil + SECOND_PASS)];
}
