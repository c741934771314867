import type { Answer } from '../../events/model/commands.js';
import type { InviteeStatus } from '../../events/model/event-words.js';
import type { InviteRecord } from '../../events/model/invite-record.js';
import type { EventTime } from '../../events/model/schedule/event-times.js';
import type { PageKey } from '../../platform/page/page.js';

/** An invite with the answer to the event, or to one occurrence. */
export interface AnsweredInvite extends InviteRecord {
  /** The original start of the occurrence that `status` and `comment` belong to; absent: they belong to the event. */
  readonly originalStart?: EventTime;
}

/** Asks for one page of the invites of a user. */
export interface InvitesQuery {
  /** Absent: every status. */
  readonly status?: InviteeStatus;
  /** The key after which the page begins; null: the first page. */
  readonly after: PageKey | null;
  readonly limit: number;
}

/** Answers an invite. */
export type InviteAnswer = Pick<Answer, 'status' | 'comment' | 'originalStart'>;
