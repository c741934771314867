import type { WarningCode } from './icalendar-codes.js';

/** What a reader had to decide in reading an object. */
export interface ICalendarWarning {
  readonly code: WarningCode;
  readonly detail: string;
  readonly line: number;
}

/** Collects what a reader had to decide. The same note about one line is kept once. */
export class ReadingNotes {
  readonly warnings: ICalendarWarning[] = [];

  warn(code: WarningCode, detail: string, line: number): void {
    if (this.warnings.some((warning) => warning.line === line && warning.detail === detail)) return;
    if (this.warnings.length < MAX_WARNINGS) this.warnings.push({ code, detail, line });
  }
}

/** Warnings of one object. A response has those of all objects, and a person reads the first few. */
const MAX_WARNINGS = 20;
