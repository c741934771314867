import { Global, Module } from '@nestjs/common';
import { ReminderPlan } from '../events/write/direct/reminder-plan.js';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { DueAlarm } from './planning/due-alarm.js';
import { RemindersOfCreations } from './planning/reminders-of-creations.js';

/** Provides the port through which the events, which stand below the reminders, plan those of new events. */
@Global()
@Module({
  imports: [SchedulingModule],
  providers: [DueAlarm, { provide: ReminderPlan, useClass: RemindersOfCreations }],
  exports: [DueAlarm, ReminderPlan],
})
export class ReminderPlanModule {}
