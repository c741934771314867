import type { CalendarRole } from './calendar-role.js';

/** A grant as the database stores it. */
export interface GrantRecord {
  readonly id: number;
  readonly calendarId: number;
  /** Null: the grantee is the tenant, that is, every user of it without a grant of their own. */
  readonly userId: number | null;
  readonly role: CalendarRole;
  /** Whether the grantee sees private events in full, if the role lets it see events. */
  readonly seesPrivate: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
