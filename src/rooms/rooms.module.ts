import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { UsersModule } from '../users/users.module.js';
import { RoomsService } from './read/rooms.service.js';
import { ExternalRoomsController } from './rest/external-rooms.controller.js';
import { RoomsController } from './rest/rooms.controller.js';
import { Room } from './store/room.entity.js';
import { RoomsRepository } from './store/rooms.repository.js';
import { ExternalRoomsService } from './write/external-rooms.service.js';
import { RoomWriter } from './write/room-writer.service.js';
import { RoomsOfChanges } from './write/rooms-of-changes.js';

@Module({
  imports: [TypeOrmModule.forFeature([Room]), SchedulingModule, UsersModule],
  controllers: [ExternalRoomsController, RoomsController],
  providers: [ExternalRoomsService, RoomsOfChanges, RoomsRepository, RoomsService, RoomWriter],
  exports: [RoomsService],
})
export class RoomsModule {}
