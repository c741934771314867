import { attendeeKeyText, type ReminderKey, type ReminderOfAttendee } from './reminder-key.js';

/** The reminders that have been delivered, for the search for the next one. */
export class DeliveredReminders {
  private readonly originalStartsByDueAt = new Map<string, string[]>();
  private readonly occurrences = new Set<string>();

  constructor(keys: readonly ReminderKey[]) {
    for (const key of keys) {
      this.occurrences.add(occurrenceText(key, key.originalStart));
      const text = dueText(key, key.dueAt);
      this.originalStartsByDueAt.set(text, [
        ...(this.originalStartsByDueAt.get(text) ?? []),
        key.originalStart,
      ]);
    }
  }

  /** The original starts under which a reminder that was due at `dueAt` was delivered. */
  originalStartsAt(reminder: ReminderOfAttendee, dueAt: Date): readonly string[] {
    return this.originalStartsByDueAt.get(dueText(reminder, dueAt)) ?? [];
  }

  /** Whether the reminder was delivered for this occurrence, for its present start or an earlier one. */
  hasOccurrence(reminder: ReminderOfAttendee, originalStart: string): boolean {
    return this.occurrences.has(occurrenceText(reminder, originalStart));
  }
}

function dueText(reminder: ReminderOfAttendee, dueAt: Date): string {
  return `${attendeeKeyText(reminder)}/${dueAt.getTime()}`;
}

function occurrenceText(reminder: ReminderOfAttendee, originalStart: string): string {
  return `${attendeeKeyText(reminder)}/${originalStart}`;
}
