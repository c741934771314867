import type { AnsweredInvite } from '../../events/model/attendance/invite-record.js';
import type { Answer } from '../../events/model/commands.js';
import { formatEventTime } from '../../events/model/schedule/event-time-text.js';
import { toWhen } from '../../events/rest/event-command.mapper.js';
import { decodePageToken } from '../../http/page/page-token.js';
import type { InvitesQuery } from '../model/invites-query.js';
import type { AnswerDto } from './answer.dto.js';
import type { InviteDto } from './invite.dto.js';
import type { ListInvitesDto } from './list-invites.dto.js';

export function toInviteDto(invite: AnsweredInvite): InviteDto {
  const { originalStart } = invite;
  return {
    id: invite.inviteId,
    event_id: invite.eventId,
    user_id: invite.userId,
    guest: invite.guest && { email: invite.guest.email, name: invite.guest.name },
    status: invite.status,
    comment: invite.comment,
    created_at: invite.createdAt.toISOString(),
    updated_at: invite.updatedAt.toISOString(),
    ...(originalStart && { original_start: formatEventTime(originalStart, originalStart.instant) }),
  };
}

/** @throws {DomainError} invalid, naming `page_token` */
export function toInvitesQuery({ status, limit, page_token }: ListInvitesDto): InvitesQuery {
  return { status, limit, after: decodePageToken(page_token, ['id']) };
}

/** @throws {DomainError} invalid, naming `original_start` */
export function toAnswer({
  comment,
  original_start: originalStart,
}: AnswerDto): Pick<Answer, 'comment' | 'originalStart'> {
  return {
    ...(comment !== undefined && { comment: comment || null }),
    ...(originalStart !== undefined && { originalStart: toWhen('original_start', originalStart) }),
  };
}
