import type { PendingPolicy } from '../../calendar/availability/free-busy.js';

/** As many as fit a meeting. Each user costs one scan of an index and one sorted stream. */
export const MAX_USERS = 100;

/** The policies that a client may ask for. */
export const PENDING_POLICIES = ['busy', 'free'] as const satisfies readonly PendingPolicy[];

/** The users whose calendars one statement reads. The process parses the result in a short time. */
export const USERS_OF_ONE_READ = 50;
