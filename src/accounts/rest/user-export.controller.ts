import { Controller, Get, Header, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { UserPathId } from '../../access/user-path-id.js';
import { idPath } from '../../http/fields/path-id.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { UserExportService } from '../read/user-export.service.js';
import { exportFile } from './export-file.js';
import { FRESH_LOGIN } from './fresh-login.js';
import { UserExportDto } from './user-export.dto.js';

@ApiTags('export')
@Controller('users')
export class UserExportController {
  constructor(private readonly exports: UserExportService) {}

  @Get(idPath('user_id', 'export'))
  @Header('Cache-Control', 'no-store')
  @Access('caller', 'users.read')
  @ApiOperation({
    operationId: 'exportUser',
    summary: 'Export the data of a user',
    description:
      `The user, or an API key, gets all data that the service keeps about the user, as the user sees them. ${FRESH_LOGIN} ` +
      'A request without a token gets of the events, invites, reminders and grants of a room only those that it may see. ' +
      "The service writes the document while the client reads it. If the service fails on the way, if the user is deleted, or if a new password ends the caller's token, the service closes the connection, and the document is incomplete. " +
      'The response is 503 `overloaded` while the service writes as many exports as it can.',
  })
  @ApiOkResponse({ description: 'The document, as a file.', type: UserExportDto })
  @ApiProblems(400, 403, 404, 503)
  async export(@UserPathId() id: number): Promise<StreamableFile> {
    return exportFile(await this.exports.begin(id));
  }
}
