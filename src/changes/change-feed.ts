import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';

/** A split of a series: from `originalStart` on, another event continues the series. */
export interface SeriesSplit {
  readonly fromEventId: number;
  readonly toEventId: number;
  /** The civil original start of the first occurrence of `toEventId`. */
  readonly originalStart: string;
}

/** Receives changes of the calendar, within the transaction that makes them. A listener has the methods that it needs. */
export interface ChangeListener {
  /** Events were created, or their times, status, overrides or attendees changed. A single answer is not such a change. */
  eventsChanged(eventIds: readonly number[]): Promise<void>;
  /** An attendee answered the event or one of its occurrences. */
  answerChanged(eventId: number, userId: number): Promise<void>;
  /** The user put events into another calendar. */
  eventsMoved(eventIds: readonly number[], userId: number): Promise<void>;
  /** The row of a deleted calendar went, after its last event. */
  calendarDeleted(calendarId: number): Promise<void>;
  defaultRemindersChanged(userId: number): Promise<void>;
  /** The floating days of the user moved to another zone, or may have. */
  timeZoneChanged(userId: number): Promise<void>;
  /** Another person proved to own the user's address. The reminders of the previous owner no longer apply. */
  accountReset(userId: number): Promise<void>;
  /** The user, for whom callers without a token could act, can log in now. What such callers granted ends. */
  accountProtected(userId: number): Promise<void>;
  /** The user was created. */
  userCreated(userId: number): Promise<void>;
  /** The user was deleted. Nothing that serves the user alone may stay. The announcement may come again later. */
  userDeleted(userId: number): Promise<void>;
  seriesSplit(split: SeriesSplit): Promise<void>;
  /** The user's present address was verified. The announcement may come again later. */
  addressVerified(userId: number): Promise<void>;
}

/**
 * Passes changes from the modules that make them to the modules that depend on them, so that dependencies between modules
 * stay one way. A caller announces a change within the transaction that makes it, at any point. At the end of the
 * transaction, the feed calls each listener once for each different change. If a listener fails, the transaction rolls
 * back.
 */
@Injectable()
export class ChangeFeed {
  private readonly listeners: Partial<ChangeListener>[] = [];
  private readonly growing: (() => void)[] = [];

  constructor(private readonly unitOfWork: UnitOfWork) {}

  subscribe(listener: Partial<ChangeListener>): void {
    this.listeners.push(listener);
  }

  /** Calls `grown` after each commit that may have added changes of events to the log. */
  onLogGrown(grown: () => void): void {
    this.growing.push(grown);
    const wait = async (): Promise<void> => this.unitOfWork.afterCommit(grown);
    this.subscribe({ eventsChanged: wait, answerChanged: wait, eventsMoved: wait });
  }

  /**
   * Announces new events whose statement is committed already. No listener takes part in the transaction of such a
   * statement, so the statement itself writes what depends on a new event.
   */
  eventsCommitted(): void {
    for (const grown of this.growing) grown();
  }

  /** One announcement of many events costs the listeners less than many announcements. */
  eventsChanged(eventIds: readonly number[]): void {
    if (eventIds.length === 0) return;
    this.announce(`events ${eventIds.join()}`, async (listener) => listener.eventsChanged?.(eventIds));
  }

  answerChanged(eventId: number, userId: number): void {
    this.announce(`answer ${eventId} ${userId}`, async (listener) =>
      listener.answerChanged?.(eventId, userId),
    );
  }

  eventsMoved(eventIds: readonly number[], userId: number): void {
    if (eventIds.length === 0) return;
    const key = `moved ${userId} ${eventIds.join()}`;
    this.announce(key, async (listener) => listener.eventsMoved?.(eventIds, userId));
  }

  calendarDeleted(calendarId: number): void {
    this.announce(`calendar ${calendarId}`, async (listener) => listener.calendarDeleted?.(calendarId));
  }

  defaultRemindersChanged(userId: number): void {
    this.announce(`defaults ${userId}`, async (listener) => listener.defaultRemindersChanged?.(userId));
  }

  timeZoneChanged(userId: number): void {
    this.announce(`zone ${userId}`, async (listener) => listener.timeZoneChanged?.(userId));
  }

  accountReset(userId: number): void {
    this.announce(`reset ${userId}`, async (listener) => listener.accountReset?.(userId));
  }

  accountProtected(userId: number): void {
    this.announce(`protected ${userId}`, async (listener) => listener.accountProtected?.(userId));
  }

  userCreated(userId: number): void {
    this.announce(`created ${userId}`, async (listener) => listener.userCreated?.(userId));
  }

  userDeleted(userId: number): void {
    this.announce(`deleted ${userId}`, async (listener) => listener.userDeleted?.(userId));
  }

  addressVerified(userId: number): void {
    this.announce(`address ${userId}`, async (listener) => listener.addressVerified?.(userId));
  }

  /** Must be announced before `eventsChanged` of either series. */
  seriesSplit(split: SeriesSplit): void {
    const key = `split ${split.fromEventId} ${split.toEventId}`;
    this.announce(key, async (listener) => listener.seriesSplit?.(split));
  }

  private announce(key: string, tell: (listener: Partial<ChangeListener>) => Promise<void>): void {
    this.unitOfWork.beforeCommit(key, async () => {
      for (const listener of this.listeners) await tell(listener);
    });
  }
}
