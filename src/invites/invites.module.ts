import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { UsersModule } from '../users/users.module.js';
import { InvitesService } from './read/invites.service.js';
import { InvitesController } from './rest/invites.controller.js';
import { UserInvitesController } from './rest/user-invites.controller.js';

@Module({
  imports: [EventsModule, UsersModule],
  controllers: [InvitesController, UserInvitesController],
  providers: [InvitesService],
})
export class InvitesModule {}
