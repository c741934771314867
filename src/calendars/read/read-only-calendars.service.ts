import { Injectable } from '@nestjs/common';
import { DomainError } from '../../errors/domain-error.js';
import { ContextVariable } from '../../platform/context/context-variable.js';
import { CalendarsOfUsersRepository } from '../store/calendars-of-users.repository.js';

/**
 * Keeps requests from changing read-only calendars: the events of such a calendar are those of a calendar elsewhere, and only
 * the subscription to it writes them.
 */
@Injectable()
export class ReadOnlyCalendars {
  private readonly written = new ContextVariable<number>();

  constructor(private readonly calendars: CalendarsOfUsersRepository) {}

  /** Runs work that may write one read-only calendar. */
  writing<T>(calendarId: number, work: () => T): T {
    return this.written.run(calendarId, work);
  }

  /** Those of the calendars whose events the current work may not write. Null: no calendar. */
  async among(calendarIds: readonly (number | null)[]): Promise<ReadonlySet<number>> {
    const written = this.written.get();
    const ids = new Set(calendarIds.filter((id) => id !== null && id !== written));
    return new Set(ids.size === 0 ? [] : await this.calendars.readOnlyAmong([...ids] as number[]));
  }

  /** @throws {DomainError} forbidden `read_only_calendar`, if the current work may not write the events of the calendar */
  async expectWritable(calendarId: number | null): Promise<void> {
    refuseReadOnly(calendarId, await this.among([calendarId]));
  }
}

/**
 * @param readOnly the result of `among` @throws {DomainError} forbidden `read_only_calendar`
 */
export function refuseReadOnly(calendarId: number | null, readOnly: ReadonlySet<number>): void {
  if (calendarId === null || !readOnly.has(calendarId)) return;
  const detail = `Calendar ${calendarId} shows a calendar elsewhere, so only its subscription changes it.`;
  throw new DomainError('forbidden', 'read_only_calendar', detail);
}
