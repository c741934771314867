import type { ICalendarProblem } from '../../calendar/icalendar/read/calendar-file.js';
import type { FileObject } from './file-object.js';
import type { ImportResult } from './import-command.js';
import type { ImportDecision } from './import-decisions.js';
import { importProblem } from './import-problem.js';

/** The result of an object that is not imported. */
export function refused(
  { uid, warnings }: Pick<ImportResult, 'uid' | 'warnings'>,
  problem: ICalendarProblem,
): ImportResult {
  return { uid, status: 'refused', eventId: null, warnings, problem: importProblem(problem) };
}

/** The result of an object that the file has once more. */
export function repeated(result: ImportResult): ImportResult {
  return result.problem === null ? { ...result, status: 'unchanged' } : result;
}

/** The result of an object that is imported. @param eventId the event of the first part */
export function importResult(
  { uid, warnings }: FileObject,
  decisions: readonly ImportDecision[],
  eventId: number | null,
): ImportResult {
  const [{ status }] = decisions;
  const ofEvents = decisions.flatMap((decision) => decision.warnings ?? []);
  const isAlike = decisions.every((decision) => decision.status === status);
  return {
    uid,
    status: isAlike || status === 'created' ? status : 'replaced',
    eventId,
    warnings: [...warnings, ...ofEvents],
    problem: null,
  };
}
