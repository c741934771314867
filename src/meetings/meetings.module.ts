import { Module } from '@nestjs/common';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { UsersModule } from '../users/users.module.js';
import { SeriesSlotsController } from './series-slots/rest/series-slots.controller.js';
import { SeriesSlotsService } from './series-slots/series-slots.service.js';

@Module({
  imports: [CalendarsModule, SchedulingModule, UsersModule],
  controllers: [SeriesSlotsController],
  providers: [SeriesSlotsService],
})
export class MeetingsModule {}
