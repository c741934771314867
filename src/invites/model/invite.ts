import type { InviteeStatus } from '../../events/model/event-words.js';
import type { Attendee } from '../../events/store/entities/attendee.entity.js';

/** An attendee who was invited, the organizer being none. */
export type Invite = Attendee & { readonly inviteId: number; readonly status: InviteeStatus };

/** An invite as answered; with `originalStart` status and comment are those of that occurrence. */
export type AnsweredInvite = Invite & { readonly originalStart?: string };
