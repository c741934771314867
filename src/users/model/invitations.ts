/**
 * The people whose unanswered invitations take a user's time. `known`: people with whom the user shares an event that
 * each of the two organizes or has accepted.
 */
export const INVITATIONS = ['all', 'known', 'none'] as const;
export type Invitations = (typeof INVITATIONS)[number];
