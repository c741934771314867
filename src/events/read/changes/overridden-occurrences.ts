import type { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import type { PartialEventRecord, RecordedOccurrence } from '../../model/event-record.js';

/** The occurrences that have an override or an answer of their own, by original start. */
export function overriddenOccurrences(
  event: PartialEventRecord,
  occurrences: OccurrencesService,
): RecordedOccurrence[] {
  const keys = new Set(
    [...event.overrides, ...event.answers, ...event.guestAnswers].map(({ originalStart }) => originalStart),
  );
  return [...keys].toSorted().flatMap((key) => occurrences.withKey(event, key) ?? []);
}
