import { Controller, Delete, HttpCode, Query, UseInterceptors } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { UserPathId } from '../../access/user-path-id.js';
import { idPath } from '../../http/fields/path-id.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { UserDeletionService } from '../write/user-deletion.service.js';
import { DeleteUserDto } from './delete-user.dto.js';
import { DELETION_FIELDS, toDeleteUser } from './delete-user.mapper.js';
import { FRESH_LOGIN } from './fresh-login.js';

@ApiTags('deletion')
@UseInterceptors(new WireNamesInterceptor(DELETION_FIELDS))
@Controller('users')
export class UserDeletionController {
  constructor(private readonly deletion: UserDeletionService) {}

  @Delete(idPath('user_id'))
  @HttpCode(204)
  @Access('caller', 'users.write')
  @ApiOperation({
    operationId: 'deleteUser',
    summary: 'Delete a user',
    description:
      `The user, or an API key, deletes the user. ${FRESH_LOGIN} ` +
      'All sessions, tokens and reminders of the user end at once, on every instance. The address and the external id are free again. ' +
      'The service cancels the events that the user organizes and erases their texts; their times stay. With `events=transfer`, another user becomes the organizer instead, with all texts and without a check for conflicts. ' +
      'The user no longer attends events of others that are not over. Events that are over show the user as "deleted user". ' +
      'For a large calendar, the service goes on in the background, also across restarts.',
  })
  @ApiNoContentResponse({ description: 'The user is deleted.' })
  @ApiProblems(400, 403, 404)
  async delete(@UserPathId() id: number, @Query() query: DeleteUserDto): Promise<void> {
    await this.deletion.delete(toDeleteUser(id, query));
  }
}
