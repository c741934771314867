import { toWhen } from '../../events/rest/event-command.mapper.js';
import type { InviteAnswer } from '../invites.service.js';
import type { AnsweredInvite } from '../model/invite.js';
import type { AnswerDto } from './answer.dto.js';
import type { InviteDto } from './invite.dto.js';

export function toInviteDto(invite: AnsweredInvite): InviteDto {
  return {
    id: invite.inviteId,
    event_id: invite.eventId,
    user_id: invite.userId,
    status: invite.status,
    comment: invite.comment,
    created_at: invite.createdAt.toISOString(),
    updated_at: invite.updatedAt.toISOString(),
    ...(invite.originalStart !== undefined && { original_start: invite.originalStart }),
  };
}

/** @throws {DomainError} invalid, naming `original_start` */
export function toAnswer({
  comment,
  original_start: originalStart,
}: AnswerDto): Omit<InviteAnswer, 'status'> {
  return {
    ...(comment !== undefined && { comment: comment || null }),
    ...(originalStart !== undefined && { originalStart: toWhen('original_start', originalStart) }),
  };
}
