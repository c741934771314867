import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Instant } from '../../calendar/time/civil-time.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { WorkLoop } from '../../platform/work/work-loop.js';
import { DueAlarm } from '../planning/due-alarm.js';
import { DeliveriesOfVersionBefore } from '../queue/deliveries-of-version-before.js';
import { ReminderDispatcher } from './reminder-dispatcher.js';

/** Fires due reminders while the process runs, and takes over the deliveries of the version before. */
@Injectable()
export class DispatchLoop implements OnModuleDestroy {
  private readonly logger = new Logger(DispatchLoop.name);
  private readonly firing: WorkLoop;
  private readonly takingOver: WorkLoop;

  constructor(
    private readonly configuration: Configuration,
    private readonly dispatcher: ReminderDispatcher,
    private readonly before: DeliveriesOfVersionBefore,
    private readonly alarm: DueAlarm,
    clock: Clock,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => this.start());
    const failed = (error: unknown) =>
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : error);
    this.firing = new WorkLoop({ run: async (stopping) => this.fire(stopping), failed }, clock);
    this.takingOver = new WorkLoop({ run: async (stopping) => this.takeOver(stopping), failed }, clock);
  }

  private start(): void {
    if (!this.configuration.reminderDispatch) return;
    this.alarm.onSet((instant) => this.firing.wakeBy(instant));
    this.firing.start();
    this.takingOver.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.firing.stop(), this.takingOver.stop()]);
  }

  private async fire(stopping: () => boolean): Promise<Instant | null> {
    await this.dispatcher.runDue(stopping);
    return this.dispatcher.nextDueAt();
  }

  private async takeOver(stopping: () => boolean): Promise<Instant | null> {
    await this.before.takeDue(stopping);
    return this.before.nextDueAt();
  }
}
