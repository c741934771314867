/**
 * The organizers whose unanswered invitations make a user busy. `known`: users with whom the user shares an event that
 * each of them organizes or has accepted.
 */
export const INVITATION_SOURCES = ['all', 'known', 'none'] as const;
export type Invitations = (typeof INVITATION_SOURCES)[number];
