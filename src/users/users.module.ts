import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { PublicHosts } from '../common/network/public-hosts.js';
import { AcquaintancesRepository } from './acquaintances.repository.js';
import { AcquaintancesService } from './acquaintances.service.js';
import { DirectoryService } from './directory.service.js';
import { ReminderRules } from './reminder-rules.js';
import { UnicodeDomains } from './unicode-domains.js';
import { User } from './user.entity.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
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
