import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { EventsModule } from '../events/events.module.js';
import { RoomsModule } from '../rooms/rooms.module.js';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { UsersModule } from '../users/users.module.js';
import { MeetingBookingService } from './book/meeting-booking.service.js';
import { BookMeetingController } from './book/rest/book-meeting.controller.js';
import { GroupMembersService } from './groups/group-members.service.js';
import { GroupTimesService } from './groups/group-times.service.js';
import { GroupTimesController } from './groups/rest/group-times.controller.js';
import { SeriesSlotsController } from './series-slots/rest/series-slots.controller.js';
import { SeriesSlotsService } from './series-slots/series-slots.service.js';
import { RoundRobinAssignment } from './store/round-robin-assignment.entity.js';
import { RoundRobinAssignmentsRepository } from './store/round-robin-assignments.repository.js';
import { AssignmentsOfChanges } from './write/assignments-of-changes.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([RoundRobinAssignment]),
    CalendarsModule,
    EventsModule,
    RoomsModule,
    SchedulingModule,
    UsersModule,
  ],
  controllers: [BookMeetingController, GroupTimesController, SeriesSlotsController],
  providers: [
    AssignmentsOfChanges,
    GroupMembersService,
    GroupTimesService,
    MeetingBookingService,
    RoundRobinAssignmentsRepository,
    SeriesSlotsService,
  ],
})
export class MeetingsModule {}
