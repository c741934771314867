import type { Attendee } from '../events/attendee.entity.js';
import type { Answer } from '../events/event-words.js';
import type { InviteDto } from './dto/invite.dto.js';

/** An attendee who was invited, the organizer being none. */
export type Invite = Attendee & { readonly inviteId: number; readonly status: Answer };

export function toInviteDto(invite: Invite): InviteDto {
  return {
    id: invite.inviteId,
    event_id: invite.eventId,
    user_id: invite.userId,
    status: invite.status,
    comment: invite.comment,
    created_at: invite.createdAt.toISOString(),
    updated_at: invite.updatedAt.toISOString(),
  };
}
