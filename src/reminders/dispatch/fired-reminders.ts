import { Injectable } from '@nestjs/common';
import type { ReminderMethod } from '../../users/model/reminder.js';

/** A reminder that fires. Times have the form of the API. */
export interface FiredReminder {
  readonly notificationId: string;
  readonly userId: number;
  readonly eventId: number;
  readonly originalStart: string;
  /** Minutes from the reminder to the start; negative: after it. */
  readonly minutesBefore: number;
  readonly method: ReminderMethod;
  readonly start: string;
  readonly end: string;
  readonly dueAt: string;
}

/** Gets the reminders of the current tenant that fire, within the transaction that fires them. */
type FiringListener = (fired: readonly FiredReminder[]) => Promise<void>;

/** Passes reminders that fire to modules that depend on reminders. If a listener fails, none of the reminders fires. */
@Injectable()
export class FiredReminders {
  private readonly listeners: FiringListener[] = [];

  subscribe(listener: FiringListener): void {
    this.listeners.push(listener);
  }

  async tell(fired: readonly FiredReminder[]): Promise<void> {
    if (fired.length === 0) return;
    for (const listener of this.listeners) await listener(fired);
  }
}
