import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users/users.module.js';
import { Calendar } from './store/calendar.entity.js';
import { CalendarsOfUsersRepository } from './store/calendars-of-users.repository.js';
import { CalendarsOfChanges } from './write/calendars-of-changes.js';

@Module({
  imports: [TypeOrmModule.forFeature([Calendar]), UsersModule],
  providers: [CalendarsOfChanges, CalendarsOfUsersRepository],
})
export class CalendarsModule {}
