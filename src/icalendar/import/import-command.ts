import type { ICalendarWarning } from '../../calendar/icalendar/model/reading-notes.js';
import type { ImportProblem } from './import-problem.js';

/** What an import does with an object that the user has already, and that differs. */
export const ON_DUPLICATE = ['replace', 'skip', 'error'] as const;
export type OnDuplicate = (typeof ON_DUPLICATE)[number];

/** Imports a file of iCalendar into the calendars of a user. */
export interface ImportCommand {
  readonly userId: number;
  /** A calendar of the user; null: the primary one for new events, and their own for those that are there. */
  readonly calendarId: number | null;
  readonly onDuplicate: OnDuplicate;
  /** Whether nothing is written. */
  readonly validateOnly: boolean;
  readonly file: Uint8Array;
  /** That of the Content-Type; absent: none. */
  readonly charset?: string;
}

export const IMPORT_STATUSES = ['created', 'replaced', 'unchanged', 'skipped', 'refused'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** What became of one object of a file. */
export interface ImportResult {
  /** Null: the object was refused, and has none. */
  readonly uid: string | null;
  readonly status: ImportStatus;
  /** Null: no event. */
  readonly eventId: number | null;
  readonly warnings: readonly ICalendarWarning[];
  /** Null: the object was not refused. */
  readonly problem: ImportProblem | null;
}
