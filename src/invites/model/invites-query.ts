import type { InviteStatus } from '../../events/model/event-words.js';
import type { PageKey } from '../../platform/page/page.js';

/** Asks for one page of the invites of a user. */
export interface InvitesQuery {
  /** Absent: every status. */
  readonly status?: InviteStatus;
  /** The key after which the page begins; null: the first page. */
  readonly after: PageKey | null;
  readonly limit: number;
}
