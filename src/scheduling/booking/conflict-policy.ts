/** Whether the service saves an event at whose time an attendee is busy. */
export const CONFLICT_POLICIES = ['allow', 'reject'] as const;
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];
