import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { EventsModule } from '../events/events.module.js';
import { FeedsModule } from '../feeds/feeds.module.js';
import { HoldsModule } from '../holds/holds.module.js';
import { RoomsModule } from '../rooms/rooms.module.js';
import { UsersModule } from '../users/users.module.js';
import { UserErasure } from './erasure/user-erasure.js';
import { UserErasureLoop } from './erasure/user-erasure-loop.js';
import { UserExportService } from './read/user-export.service.js';
import { RoomDeletionController } from './rest/room-deletion.controller.js';
import { UserDeletionController } from './rest/user-deletion.controller.js';
import { UserExportController } from './rest/user-export.controller.js';
import { UserDeletion } from './store/user-deletion.entity.js';
import { UserDeletionsRepository } from './store/user-deletions.repository.js';
import { UserDeletionService } from './write/user-deletion.service.js';

/** Deletes users, and exports their data. */
@Module({})
export class AccountsModule {
  /** @param reminders @param webhooks @param subscriptions their modules, each of which exists once */
  static of(reminders: DynamicModule, webhooks: DynamicModule, subscriptions: DynamicModule): DynamicModule {
    return {
      module: AccountsModule,
      imports: [
        TypeOrmModule.forFeature([UserDeletion]),
        AuthModule,
        CalendarsModule,
        EventsModule,
        FeedsModule,
        HoldsModule,
        reminders,
        RoomsModule,
        subscriptions,
        UsersModule,
        webhooks,
      ],
      controllers: [RoomDeletionController, UserDeletionController, UserExportController],
      providers: [
        UserDeletionService,
        UserDeletionsRepository,
        UserErasure,
        UserErasureLoop,
        UserExportService,
      ],
    };
  }
}
