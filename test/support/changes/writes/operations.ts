import { ATTENDANCE_CHANGES } from './attendance-changes.js';
import { CALENDAR_CHANGES } from './calendar-changes.js';
import { EVENT_CHANGES } from './changes.js';
import { CREATIONS } from './creations.js';
import { OCCURRENCE_CHANGES } from './occurrence-changes.js';
import type { WriteOperation } from './write.js';

/** All that the writers do, by its name. */
export const WRITE_OPERATIONS: Readonly<Record<string, WriteOperation>> = {
  ...CREATIONS,
  ...EVENT_CHANGES,
  ...OCCURRENCE_CHANGES,
  ...ATTENDANCE_CHANGES,
  ...CALENDAR_CHANGES,
};
