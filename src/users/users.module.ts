import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { PublicHosts } from '../platform/network/public-hosts.js';
import { AcquaintancesService } from './acquaintances.service.js';
import { DirectoryService } from './directory.service.js';
import { UnicodeDomains } from './model/unicode-domains.js';
import { ReminderRules } from './reminder-rules.js';
import { UsersController } from './rest/users.controller.js';
import { AcquaintancesRepository } from './store/acquaintances.repository.js';
import { User } from './store/user.entity.js';
import { UsersRepository } from './store/users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([User]), AuthModule],
  controllers: [UsersController],
  providers: [
    AcquaintancesRepository,
    AcquaintancesService,
    DirectoryService,
    PublicHosts,
    ReminderRules,
    UnicodeDomains,
    UsersRepository,
    UsersService,
  ],
  exports: [AcquaintancesService, DirectoryService, ReminderRules, UsersService],
})
export class UsersModule {}
