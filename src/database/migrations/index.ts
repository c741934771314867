import { CreateCalendar1763856000000 } from './1763856000000-CreateCalendar.js';
import { CreateReminders1764000000000 } from './1764000000000-CreateReminders.js';

/** Every migration, oldest first. */
export const migrations = [CreateCalendar1763856000000, CreateReminders1764000000000];
