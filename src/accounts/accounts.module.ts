import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { EventsModule } from '../events/events.module.js';
import { UsersModule } from '../users/users.module.js';
import { UserErasure } from './erasure/user-erasure.js';
import { UserErasureLoop } from './erasure/user-erasure-loop.js';
import { AccountsController } from './rest/accounts.controller.js';
import { UserDeletion } from './store/user-deletion.entity.js';
import { UserDeletionsRepository } from './store/user-deletions.repository.js';
import { UserDeletionService } from './write/user-deletion.service.js';

/** Deletes users, and gives them their data. */
@Module({
  imports: [TypeOrmModule.forFeature([UserDeletion]), AuthModule, EventsModule, UsersModule],
  controllers: [AccountsController],
  providers: [UserDeletionService, UserDeletionsRepository, UserErasure, UserErasureLoop],
})
export class AccountsModule {}
