import { Injectable } from '@nestjs/common';

/** A series that went on as another one from an occurrence on. */
export interface SeriesSplit {
  readonly fromEventId: number;
  readonly toEventId: number;
  /** Civil original start of the first occurrence that the other series has now. */
  readonly originalStart: string;
}

/** What may happen in the calendar that others have to follow. */
export interface ChangeListener {
  /** Anything of an event but a single answer: its times, status, overrides, or who attends it; also that it is new. */
  eventChanged(eventId: number): Promise<void>;
  /** What an attendee answered, to the event or to one occurrence. */
  answerChanged(eventId: number, userId: number): Promise<void>;
  defaultRemindersChanged(userId: number): Promise<void>;
  /** Told once both series and their attendees are there, before `eventChanged` of each. */
  seriesSplit(split: SeriesSplit): Promise<void>;
}

/**
 * Carries changes from the modules that make them to those that follow them and depend on them, so that the
 * arrows between modules stay one way. Listeners run within the transaction of the change, and a listener that
 * fails undoes it: whoever announces does so inside of `UnitOfWork.run`, after writing.
 */
@Injectable()
export class ChangeFeed implements ChangeListener {
  private readonly listeners: ChangeListener[] = [];

  subscribe(listener: ChangeListener): void {
    this.listeners.push(listener);
  }

  async eventChanged(eventId: number): Promise<void> {
    for (const listener of this.listeners) await listener.eventChanged(eventId);
  }

  async answerChanged(eventId: number, userId: number): Promise<void> {
    for (const listener of this.listeners) await listener.answerChanged(eventId, userId);
  }

  async defaultRemindersChanged(userId: number): Promise<void> {
    for (const listener of this.listeners) await listener.defaultRemindersChanged(userId);
  }

  async seriesSplit(split: SeriesSplit): Promise<void> {
    for (const listener of this.listeners) await listener.seriesSplit(split);
  }
}
