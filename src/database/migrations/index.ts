import { CreateCalendar1763856000000 } from './1763856000000-CreateCalendar.js';

/** Every migration, oldest first. */
export const migrations = [CreateCalendar1763856000000];
