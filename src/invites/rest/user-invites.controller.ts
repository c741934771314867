import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { UserPathId } from '../../access/user-path-id.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { InvitesService } from '../read/invites.service.js';
import { InviteDto } from './invite.dto.js';
import { toInviteDto, toInvitesQuery } from './invite.mapper.js';
import { ListInvitesDto } from './list-invites.dto.js';

@ApiTags('invites')
@Access('caller', 'events.read')
@Controller('users/:user_id/event-invites')
export class UserInvitesController {
  constructor(private readonly invites: InvitesService) {}

  @Get()
  @ApiOperation({
    operationId: 'listUserInvites',
    summary: 'List the invites of a user',
    description: 'An organizer has no invite to the event.',
  })
  @ApiPage([InviteDto], 'The invites, oldest first.')
  @ApiProblems(400, 403, 404)
  async list(
    @UserPathId() userId: number,
    @Query() query: ListInvitesDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InviteDto[]> {
    return linkNextPage(request, reply, await this.invites.ofUser(userId, toInvitesQuery(query))).map(
      toInviteDto,
    );
  }
}
