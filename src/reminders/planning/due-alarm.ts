import { Injectable } from '@nestjs/common';
import type { Instant } from '../../calendar/time/civil-time.js';

/** Notifies the dispatcher of this process of a due time that was just planned. */
@Injectable()
export class DueAlarm {
  private readonly listeners: ((instant: Instant) => void)[] = [];

  onSet(listener: (instant: Instant) => void): void {
    this.listeners.push(listener);
  }

  setFor(instant: Instant): void {
    for (const listener of this.listeners) listener(instant);
  }
}
