import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventsModule } from '../events/events.module.js';
import { Attendee } from '../events/store/entities/attendee.entity.js';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { UsersModule } from '../users/users.module.js';
import { InvitesService } from './invites.service.js';
import { InvitesController } from './rest/invites.controller.js';
import { UserInvitesController } from './rest/user-invites.controller.js';
import { InvitesRepository } from './store/invites.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([Attendee]), EventsModule, SchedulingModule, UsersModule],
  controllers: [InvitesController, UserInvitesController],
  providers: [InvitesRepository, InvitesService],
})
export class InvitesModule {}
