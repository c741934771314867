import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Instant } from '../../calendar/time/civil-time.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { WorkLoop } from '../../platform/work/work-loop.js';
import { Courier } from '../delivery/courier.js';
import { DueAlarm } from '../planning/due-alarm.js';
import { ReminderDispatcher } from './reminder-dispatcher.js';

/** Fires and sends due reminders while the process runs. At the end of the process, the loop waits for the running deliveries. */
@Injectable()
export class DispatchLoop implements OnModuleDestroy {
  private readonly logger = new Logger(DispatchLoop.name);
  private readonly firing: WorkLoop;
  /** A loop of its own, so that a slow receiver delays no line in the log. */
  private readonly sending: WorkLoop;

  constructor(
    private readonly configuration: Configuration,
    private readonly dispatcher: ReminderDispatcher,
    private readonly courier: Courier,
    private readonly alarm: DueAlarm,
    private readonly clock: Clock,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => this.start());
    const failed = (error: unknown) =>
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : error);
    this.firing = new WorkLoop({ run: async (stopping) => this.fire(stopping), failed }, clock);
    this.sending = new WorkLoop({ run: async (stopping) => this.send(stopping), failed }, clock);
  }

  private start(): void {
    if (!this.configuration.reminderDispatch) return;
    this.alarm.onSet((instant) => this.firing.wakeBy(instant));
    this.courier.onSlotFree(() => this.sending.wakeBy(this.clock.now().getTime()));
    this.firing.start();
    this.sending.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.firing.stop(), this.sending.stop()]);
    await this.courier.finish();
  }

  private async fire(stopping: () => boolean): Promise<Instant | null> {
    const fired = await this.dispatcher.runDue(stopping);
    if (fired > 0) this.sending.wakeBy(this.clock.now().getTime());
    return this.dispatcher.nextDueAt();
  }

  private async send(stopping: () => boolean): Promise<Instant | null> {
    await this.courier.startDue(stopping);
    return this.courier.nextStartAt();
  }
}
