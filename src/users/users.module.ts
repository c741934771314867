import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { PublicHosts } from '../platform/network/public-hosts.js';
import { AcquaintancesService } from './read/acquaintances.service.js';
import { DirectoryService } from './read/directory.service.js';
import { UserListService } from './read/user-list.service.js';
import { UsersService } from './read/users.service.js';
import { ExternalUsersController } from './rest/external-users.controller.js';
import { UsersController } from './rest/users.controller.js';
import { ResourcesRepository } from './store/resources.repository.js';
import { User } from './store/user.entity.js';
import { UserSearchRepository } from './store/user-search.repository.js';
import { UserTombstonesRepository } from './store/user-tombstones.repository.js';
import { UsersRepository } from './store/users.repository.js';
import { ReminderValidator } from './write/reminder-validator.js';
import { ExternalUsersService } from './write/replacement/external-users.service.js';
import { ResourceAccountsService } from './write/resources/resource-accounts.service.js';
import { UnicodeDomains } from './write/unicode-domains.js';
import { UserAccountsService } from './write/user-accounts.service.js';
import { UserTombstonesService } from './write/user-tombstones.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([User]), AuthModule],
  controllers: [ExternalUsersController, UsersController],
  providers: [
    AcquaintancesService,
    DirectoryService,
    ExternalUsersService,
    PublicHosts,
    ReminderValidator,
    ResourceAccountsService,
    ResourcesRepository,
    UnicodeDomains,
    UserAccountsService,
    UserTombstonesRepository,
    UserTombstonesService,
    UserListService,
    UserSearchRepository,
    UsersRepository,
    UsersService,
  ],
  exports: [
    AcquaintancesService,
    DirectoryService,
    PublicHosts,
    ReminderValidator,
    ResourceAccountsService,
    UserTombstonesService,
    UsersService,
  ],
})
export class UsersModule {}
