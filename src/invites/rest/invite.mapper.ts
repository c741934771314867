import type { AnsweredInvite } from '../model/invite.js';
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
