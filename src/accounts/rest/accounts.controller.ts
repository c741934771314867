import {
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Query,
  type StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { UserPathId } from '../../access/user-path-id.js';
import { MAX_AUTHENTICATION_AGE } from '../../auth/model/recent-authentication.js';
import { SECOND } from '../../calendar/time/civil-time.js';
import { idPath } from '../../http/fields/path-id.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { durationText } from '../../platform/values/duration.js';
import { UserExportService } from '../read/user-export.service.js';
import { UserDeletionService } from '../write/user-deletion.service.js';
import { DeleteUserDto } from './delete-user.dto.js';
import { DELETION_FIELDS, toDeleteUser } from './delete-user.mapper.js';
import { exportFile } from './export-file.js';
import { UserExportDto } from './user-export.dto.js';

const FRESH_LOGIN = `A user needs a fresh login: an access token from a login, or an identity token, of the last ${durationText(MAX_AUTHENTICATION_AGE / SECOND)} (403 \`reauthentication_required\`). An API key must act as itself.`;

@UseInterceptors(new WireNamesInterceptor(DELETION_FIELDS))
@Controller('users')
export class AccountsController {
  constructor(
    private readonly deletion: UserDeletionService,
    private readonly exports: UserExportService,
  ) {}

  @Delete(idPath('user_id'))
  @HttpCode(204)
  @ApiTags('deletion')
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

  @Get(idPath('user_id', 'export'))
  @Header('Cache-Control', 'no-store')
  @ApiTags('export')
  @Access('caller', 'users.read')
  @ApiOperation({
    operationId: 'exportUser',
    summary: 'Export the data of a user',
    description:
      `The user, or an API key, gets all data that the service keeps about the user, as the user sees them. ${FRESH_LOGIN} ` +
      'The service writes the document while the client reads it. If the service fails on the way, it closes the connection, and the document is incomplete. ' +
      'The response is 503 `overloaded` while the service writes as many exports as it can.',
  })
  @ApiOkResponse({ description: 'The document, as a file.', type: UserExportDto })
  @ApiProblems(400, 403, 404, 503)
  async export(@UserPathId() id: number): Promise<StreamableFile> {
    return exportFile(await this.exports.begin(id));
  }
}
