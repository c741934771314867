import type { ExportedEvent } from '../../export/user-events-export.service.js';
import { selectionFor } from '../../read/attendees-shown.js';
import type { EventOccurrenceDto } from '../dto/occurrence.dto.js';
import { toEventDto } from '../event.mapper.js';
import { toEventOccurrenceDto } from '../occurrence.mapper.js';
import type { ExportedEventDto, ImportedContentDto } from './exported-event.dto.js';

export function toExportedEventDto({ view, occurrences, kept }: ExportedEvent): ExportedEventDto {
  return {
    ...toEventDto(view, selectionFor(view, undefined)),
    changed_occurrences: occurrences.map(
      // The user sees the details of the event, and so those of its occurrences.
      (occurrence) => toEventOccurrenceDto(view, occurrence) as EventOccurrenceDto,
    ),
    imported: kept && toImportedContentDto(kept),
  };
}

function toImportedContentDto({
  uid,
  content,
  occurrences,
}: NonNullable<ExportedEvent['kept']>): ImportedContentDto | null {
  if (uid === null && content === null && occurrences.size === 0) return null;
  return {
    uid,
    content,
    occurrences: [...occurrences].map(([originalStart, own]) => ({
      original_start: originalStart,
      content: own,
    })),
  };
}
