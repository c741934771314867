import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Attendee } from '../events/attendee.entity.js';
import { EventsModule } from '../events/events.module.js';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { UsersModule } from '../users/users.module.js';
import { InvitesController } from './invites.controller.js';
import { InvitesRepository } from './invites.repository.js';
import { InvitesService } from './invites.service.js';
import { UserInvitesController } from './user-invites.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([Attendee]), EventsModule, SchedulingModule, UsersModule],
  controllers: [InvitesController, UserInvitesController],
  providers: [InvitesRepository, InvitesService],
})
export class InvitesModule {}
