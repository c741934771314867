import type { Attendee } from '../events/attendee.entity.js';
import type { Answer } from '../events/event-words.js';
import type { InviteDto } from './dto/invite.dto.js';

/** An attendee who was invited, the organizer being none. */
export type Invite = Attendee & { readonly inviteId: number; readonly status: Answer };

/** An invite as answered; with `originalStart` status and comment are those of that occurrence. */
export type AnsweredInvite = Invite & { readonly originalStart?: string };

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
