import type { ImportCommand, ImportResult } from '../import/import-command.js';
import type { ImportEventsDto, ImportResultsDto } from './import.dto.js';

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)"?/i;

export function toImportCommand(
  userId: number,
  query: ImportEventsDto,
  file: Buffer | undefined,
  contentType: string | undefined,
): ImportCommand {
  const charset = CHARSET.exec(contentType ?? '')?.[1];
  return {
    userId,
    calendarId: query.calendar_id ?? null,
    onDuplicate: query.on_duplicate ?? 'replace',
    validateOnly: query.validate_only ?? false,
    // A request without a body has an empty file.
    file: file ?? Buffer.alloc(0),
    ...(charset !== undefined && { charset }),
  };
}

export function toImportResultsDto(results: readonly ImportResult[]): ImportResultsDto {
  return {
    results: results.map(({ uid, status, eventId, warnings, problem }) => ({
      uid,
      status,
      event_id: eventId,
      warnings: warnings.map(({ code, detail, line }) => ({ code, detail, line })),
      problem: problem && {
        code: problem.code,
        detail: problem.detail,
        line: problem.line,
        part: problem.part ?? null,
      },
    })),
  };
}
