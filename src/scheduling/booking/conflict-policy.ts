/**
 * The action of the service if an attendee is busy at the time of an event: it saves the event, refuses the event, or leaves out
 * those occurrences of a series.
 */
export const CONFLICT_POLICIES = ['allow', 'reject', 'skip'] as const;
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];

/** The policies of a request that adds an attendee. It leaves out no occurrence, since others attend it. */
export const ATTENDEE_CONFLICT_POLICIES = ['allow', 'reject'] as const satisfies readonly ConflictPolicy[];

/** Whether a conflict with any attendee refuses a booking, unless the occurrence is left out. */
export function refusesConflicts(policy: ConflictPolicy | null): boolean {
  return policy === 'reject' || policy === 'skip';
}
