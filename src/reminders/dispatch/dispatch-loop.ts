import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Configuration } from '../../common/configuration.js';
import { WorkLoop } from '../../common/work-loop.js';
import { DueAlarm } from '../planning/due-alarm.js';
import { ReminderDispatcher } from './reminder-dispatcher.js';

/** Fires reminders at their time while the process runs, and ends with the batch under way. */
@Injectable()
export class DispatchLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(DispatchLoop.name);
  private readonly loop: WorkLoop;

  constructor(
    private readonly configuration: Configuration,
    private readonly dispatcher: ReminderDispatcher,
    private readonly alarm: DueAlarm,
    clock: Clock,
  ) {
    this.loop = new WorkLoop(
      {
        run: async (stopping) => {
          await this.dispatcher.runDue(stopping);
          return this.dispatcher.nextDueAt();
        },
        failed: (error) => this.logger.error(error instanceof Error ? (error.stack ?? error.message) : error),
      },
      clock,
    );
  }

  onApplicationBootstrap(): void {
    if (!this.configuration.reminderDispatch) return;
    this.alarm.onSet((instant) => this.loop.wakeBy(instant));
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
  }
}
