import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, type ChangeListener, type SeriesSplit } from '../../changes/change-feed.js';
import { ReminderQueue } from '../queue/reminder-queue.js';
import { DeliveriesRepository } from '../store/deliveries.repository.js';
import { ReminderSettingsRepository } from '../store/reminder-settings.repository.js';
import { RemovedRemindersRepository } from '../store/removed-reminders.repository.js';
import { ReminderPlanner } from './reminder-planner.js';

/** Plans reminders again when the calendar changes. */
@Injectable()
export class ReminderChanges implements Partial<ChangeListener>, OnModuleInit {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly planner: ReminderPlanner,
    private readonly settings: ReminderSettingsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly removed: RemovedRemindersRepository,
    private readonly queue: ReminderQueue,
  ) {}

  onModuleInit(): void {
    this.feed.subscribe(this);
  }

  async eventsChanged(eventIds: readonly number[]): Promise<void> {
    await this.planner.replanEvents(eventIds);
  }

  async answerChanged(eventId: number, userId: number): Promise<void> {
    await this.planner.replanAttendee(eventId, userId);
  }

  async eventsMoved(eventIds: readonly number[], userId: number): Promise<void> {
    await this.planner.replanAttendances(eventIds, userId);
  }

  async defaultRemindersChanged(userId: number): Promise<void> {
    await this.planner.replanUser(userId);
  }

  async timeZoneChanged(userId: number): Promise<void> {
    await this.planner.replanUser(userId);
  }

  async accountReset(userId: number): Promise<void> {
    await this.settings.removeAllOf(userId);
    await this.deliveries.withdrawAllOf(userId);
    await this.planner.replanUser(userId);
  }

  async userDeleted(userId: number): Promise<void> {
    await this.queue.remove(await this.removed.removeAllOf(userId));
  }

  async seriesSplit({ fromEventId, toEventId, originalStart }: SeriesSplit): Promise<void> {
    await this.settings.copy(fromEventId, toEventId);
    await this.planner.split(fromEventId, toEventId);
    await this.deliveries.moveFrom(originalStart, fromEventId, toEventId);
  }
}
