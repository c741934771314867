import { Controller, Delete, HttpCode } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { PathId } from '../../http/fields/path-id.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { UserDeletionService } from '../write/user-deletion.service.js';

@ApiTags('rooms')
@Controller('rooms')
export class RoomDeletionController {
  constructor(private readonly deletion: UserDeletionService) {}

  @Delete(':room_id')
  @HttpCode(204)
  @Access('caller', 'users.write')
  @ApiOperation({
    operationId: 'deleteRoom',
    summary: 'Delete a room',
    description:
      'Only an API key, and with `AUTH_MODE=optional` a request without a token, may do so (403 `key_required`). ' +
      'The room no longer attends the events that are not over; these events stay with their other attendees. Events that are over show the room as "deleted user". The address and the external id are free again.',
  })
  @ApiNoContentResponse({ description: 'The room is deleted.' })
  @ApiProblems(400, 403, 404)
  async delete(@PathId('room_id') id: number): Promise<void> {
    await this.deletion.deleteRoom(id);
  }
}
