import { Injectable } from '@nestjs/common';
import type { Instant } from '../../calendar/time/civil-time.js';

/** Tells the dispatcher of this process that something it may not know of is due. */
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
