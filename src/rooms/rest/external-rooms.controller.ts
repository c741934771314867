import { Body, Controller, Get, Put, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { CreatedOrReplaced } from '../../http/created/created-or-replaced.js';
import {
  EXTERNAL_ID_PARAM,
  ExternalIdInPath,
  expectSameExternalId,
} from '../../http/fields/external-id-in-path.js';
import { PutConditions } from '../../http/precondition/put-conditions.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import type { PutCondition, PutResult } from '../../platform/put/put-condition.js';
import { RoomsService } from '../read/rooms.service.js';
import { ExternalRoomsService } from '../write/external-rooms.service.js';
import { CreateRoomDto } from './create-room.dto.js';
import { RoomDto } from './room.dto.js';
import { ROOM_FIELDS, toNewRoom, toRoomDto } from './room.mapper.js';

@ApiTags('rooms')
@UseInterceptors(new WireNamesInterceptor(ROOM_FIELDS))
@Controller('rooms/by-external-id')
export class ExternalRoomsController {
  constructor(
    private readonly rooms: RoomsService,
    private readonly external: ExternalRoomsService,
  ) {}

  @Put(`:${EXTERNAL_ID_PARAM}`)
  @Access('caller', 'users.write')
  @ApiOperation({
    operationId: 'setRoomByExternalId',
    summary: "Create or replace a room by the product's own id",
    description:
      'If no room has the id, the service creates one as `createRoom` does (201). Otherwise the request sets every field of a creation, and an absent field gets its default (200). ' +
      'A request that changes nothing leaves `updated_at` as it is. The body may omit `external_id`; a different one is a 400. If a person has the id, the response is 409 `external_id_taken`. ' +
      'Only an API key, and with `AUTH_MODE=optional` a request without a token, may do so (403 `key_required`).',
  })
  @CreatedOrReplaced(
    '/rooms/by-external-id/room-5',
    { description: 'The created room.', type: RoomDto },
    { description: 'The room after the change, or as it is if the request changes nothing.', type: RoomDto },
  )
  @ApiProblems(400, 403, 409)
  async put(
    @ExternalIdInPath() externalId: string,
    @Body() input: CreateRoomDto,
    @PutConditions({ versioned: false }) condition: PutCondition,
  ): Promise<PutResult<RoomDto>> {
    expectSameExternalId(externalId, input.external_id);
    const { created, value } = await this.external.put({ ...toNewRoom(input), externalId }, condition);
    return { created, value: toRoomDto(value) };
  }

  @Get(`:${EXTERNAL_ID_PARAM}`)
  @Access('caller', 'users.read')
  @ApiOperation({
    operationId: 'getRoomByExternalId',
    summary: "Read a room by the product's own id",
    description:
      'Only an API key, also with `Act-As-User`, and with `AUTH_MODE=optional` a request without a token may use this path (403 `key_required`).',
  })
  @ApiOkResponse({ description: 'The room.', type: RoomDto })
  @ApiProblems(400, 404)
  async get(@ExternalIdInPath() externalId: string): Promise<RoomDto> {
    return toRoomDto(await this.rooms.viewOfExternalId(externalId));
  }
}
