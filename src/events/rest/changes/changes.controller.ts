import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../../access/access.decorator.js';
import { ApiPage } from '../../../http/page/api-page.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { IncrementalListService } from '../../read/changes/incremental-list.service.js';
import { SYNC_TOKEN_HEADER, toIncrementalList } from './incremental-page.js';
import { ListChangesDto } from './list-changes.dto.js';
import { RemovedEventDto, SyncedEventDto } from './synced-event.dto.js';
import { toChangesQuery } from './synced-event.mapper.js';

@ApiTags('changes')
@Controller('changes')
export class ChangesController {
  constructor(private readonly list: IncrementalListService) {}

  @Get()
  @Access('key', 'changes.read')
  @ApiOperation({
    operationId: 'listChanges',
    summary: 'List the events of the tenant, and then their changes',
    description:
      'An incremental list, as `listUserEvents` with `sync_token`, of all events of the tenant, by id. Deleted events come as `RemovedEvent`. ' +
      '410 `sync_token_expired`: the token is older than 30 days, torn, or from before a restore of the database. Begin again with an empty `sync_token`, and replace the copy by the full list.',
  })
  @ApiPage(
    [SyncedEventDto, RemovedEventDto],
    'The events, or those that changed since the token.',
    SYNC_TOKEN_HEADER,
  )
  @ApiProblems(400, 410)
  async get(
    @Query() query: ListChangesDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<(SyncedEventDto | RemovedEventDto)[]> {
    const page = await this.list.ofTenant(toChangesQuery(query));
    return toIncrementalList(request, reply, page, { max: query.max_attendees ?? null, first: null });
  }
}
