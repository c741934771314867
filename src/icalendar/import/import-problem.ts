import { OBJECT_PROBLEM_CODES } from '../../calendar/icalendar/model/icalendar-codes.js';
import { ICalendarError } from '../../calendar/icalendar/model/icalendar-error.js';
import type { ICalendarProblem } from '../../calendar/icalendar/read/calendar-file.js';
import type { DomainError } from '../../errors/domain-error.js';

/** The codes of why an import refuses an object. */
export const IMPORT_PROBLEM_CODES = [
  ...OBJECT_PROBLEM_CODES,
  'duplicate_uid',
  'event_of_another_user',
  'invalid_input',
  'invalid_length',
  'not_stored',
  'too_many_attendees',
  'too_many_changed_occurrences',
  'too_many_dates',
  'too_many_overlapping_occurrences',
] as const;
export type ImportProblemCode = (typeof IMPORT_PROBLEM_CODES)[number];

/** Why an import refused an object. */
export interface ImportProblem extends ICalendarProblem {
  readonly code: ImportProblemCode;
}

/** The problem with a code that clients know: `not_stored` instead of any other, such as that of a calendar that is gone meanwhile. */
export function importProblem(problem: ICalendarProblem): ImportProblem {
  const code = IMPORT_PROBLEM_CODES.find((known) => known === problem.code) ?? 'not_stored';
  return { ...problem, code };
}

/** The problem of an object that the domain refuses. @param line that of the object, for errors that name no line of the file */
export function problemOf(error: DomainError, { line }: { readonly line: number }): ICalendarProblem {
  const { code, detail } = error;
  if (!(error instanceof ICalendarError)) return { code, detail, line };
  const { reason, part } = error;
  return { code, detail: reason, line: error.line || line, ...(part !== undefined && { part }) };
}
