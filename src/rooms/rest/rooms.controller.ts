import { Body, Controller, Get, Patch, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { Created } from '../../http/created/created.decorator.js';
import { PathId } from '../../http/fields/path-id.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { MAX_SEARCHED_ROOMS } from '../model/room-limits.js';
import { RoomsService } from '../read/rooms.service.js';
import { RoomWriter } from '../write/room-writer.service.js';
import { CreateRoomDto, UpdateRoomDto } from './create-room.dto.js';
import { FindRoomsDto } from './find-rooms.dto.js';
import { RoomDto } from './room.dto.js';
import { ROOM_FIELDS, toNewRoom, toRoomDto, toRoomPatch, toRoomQuery } from './room.mapper.js';

const FOR_KEYS =
  'Only an API key, and with `AUTH_MODE=optional` a request without a token, may do so (403 `key_required`).';

@ApiTags('rooms')
@UseInterceptors(new WireNamesInterceptor(ROOM_FIELDS))
@Controller('rooms')
export class RoomsController {
  constructor(
    private readonly rooms: RoomsService,
    private readonly writer: RoomWriter,
  ) {}

  @Post()
  @Idempotent<RoomsController>({ replay: async (controller, id) => controller.get(id) })
  @Access('caller', 'users.write')
  @ApiOperation({
    operationId: 'createRoom',
    summary: 'Create a room, or a piece of equipment',
    description: `A room is a user that never signs in. Its id is an id of a user, also in \`user_ids\`. ${FOR_KEYS}`,
  })
  @Created('/rooms/5', { description: 'The room.', type: RoomDto })
  @ApiProblems(400, 403, 409)
  async create(@Body() input: CreateRoomDto): Promise<RoomDto> {
    return toRoomDto(await this.writer.create(toNewRoom(input)));
  }

  @Get()
  @Access('caller', 'users.read')
  @ApiOperation({
    operationId: 'listRooms',
    summary: 'List rooms, or find free ones',
    description:
      'Every caller sees all rooms of the tenant. A filter that is present must match. ' +
      `With \`free_from\`, a page ends after the time of ${MAX_SEARCHED_ROOMS} rooms at the latest. Such a page may be empty and still have a \`Link\`.`,
  })
  @ApiPage([RoomDto], 'The rooms, by id.')
  @ApiProblems(400)
  async list(
    @Query() input: FindRoomsDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoomDto[]> {
    return linkNextPage(request, reply, await this.rooms.list(toRoomQuery(input))).map(toRoomDto);
  }

  @Get(':room_id')
  @Access('caller', 'users.read')
  @ApiOperation({
    operationId: 'getRoom',
    summary: 'Read a room',
    description: 'Persons see no `external_id`, no `metadata`, and no `reason` in `away`.',
  })
  @ApiOkResponse({ description: 'The room.', type: RoomDto })
  @ApiProblems(400, 404)
  async get(@PathId('room_id') id: number): Promise<RoomDto> {
    return toRoomDto(await this.rooms.view(id));
  }

  @Patch(':room_id')
  @Access('caller', 'users.write')
  @ApiOperation({
    operationId: 'updateRoom',
    summary: 'Change a room',
    description: `Absent fields keep their values. The events in the room stay as they are, also outside of new opening hours. ${FOR_KEYS}`,
  })
  @ApiOkResponse({ description: 'The room after the change.', type: RoomDto })
  @ApiProblems(400, 403, 404, 409)
  async update(@PathId('room_id') id: number, @Body() input: UpdateRoomDto): Promise<RoomDto> {
    return toRoomDto(await this.writer.update(id, toRoomPatch(input)));
  }
}
