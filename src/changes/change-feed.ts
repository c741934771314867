import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';

/** A series that went on as another one from an occurrence on. */
export interface SeriesSplit {
  readonly fromEventId: number;
  readonly toEventId: number;
  /** Civil original start of the first occurrence that the other series has now. */
  readonly originalStart: string;
}

/** Follows what happens in the calendar, within the transaction in which it happens. */
export interface ChangeListener {
  /** Anything of an event but a single answer: its times, status, overrides, or who attends it; also that it is new. */
  eventChanged(eventId: number): Promise<void>;
  /** What an attendee answered, to the event or to one occurrence. */
  answerChanged(eventId: number, userId: number): Promise<void>;
  defaultRemindersChanged(userId: number): Promise<void>;
  /** Somebody else proved to have the user's address: what the user before wanted to be told no longer holds. */
  accountReset(userId: number): Promise<void>;
  seriesSplit(split: SeriesSplit): Promise<void>;
}

/**
 * Carries changes from the modules that make them to those that follow them and depend on them, so that the
 * arrows between modules stay one way. Listeners are told at the end of the running transaction, once of what was
 * announced several times, and one that fails undoes the change: so it does not matter at which point of its
 * transaction a change is announced, but it has to be within one.
 */
@Injectable()
export class ChangeFeed {
  private readonly listeners: ChangeListener[] = [];

  constructor(private readonly unitOfWork: UnitOfWork) {}

  subscribe(listener: ChangeListener): void {
    this.listeners.push(listener);
  }

  eventChanged(eventId: number): void {
    this.announce(`event ${eventId}`, async (listener) => listener.eventChanged(eventId));
  }

  answerChanged(eventId: number, userId: number): void {
    this.announce(`answer ${eventId} ${userId}`, async (listener) => listener.answerChanged(eventId, userId));
  }

  defaultRemindersChanged(userId: number): void {
    this.announce(`defaults ${userId}`, async (listener) => listener.defaultRemindersChanged(userId));
  }

  accountReset(userId: number): void {
    this.announce(`reset ${userId}`, async (listener) => listener.accountReset(userId));
  }

  /** Announced before the change of either series. */
  seriesSplit(split: SeriesSplit): void {
    const key = `split ${split.fromEventId} ${split.toEventId}`;
    this.announce(key, async (listener) => listener.seriesSplit(split));
  }

  private announce(key: string, tell: (listener: ChangeListener) => Promise<void>): void {
    this.unitOfWork.beforeCommit(key, async () => {
      for (const listener of this.listeners) await tell(listener);
    });
  }
}
