import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../../access/access.decorator.js';
import { PathId } from '../../../http/fields/path-id.js';
import { ApiPage } from '../../../http/page/api-page.js';
import { linkNextPage } from '../../../http/page/link-next-page.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { EventHistoryService } from '../../read/changes/event-history.service.js';
import { HistoryEntryDto, ListHistoryDto } from './history.dto.js';
import { toHistoryEntryDto, toHistoryQuery } from './history.mapper.js';

@ApiTags('changes')
@Controller('events/:event_id/history')
export class EventHistoryController {
  constructor(private readonly history: EventHistoryService) {}

  @Get()
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'listEventHistory',
    summary: 'List the changes of an event',
    description:
      'For the organizer, writers of the calendar, and API keys. The history is kept for 400 days. Several changes of one request are one change. ' +
      'The history of a deleted event is for API keys alone, for 30 days; its deletion has the last state of the event. ' +
      'A writer whose grant does not show private events reads no history of a private event, and nothing of the time when it was private. ' +
      'When a user is deleted, the history loses what concerns the user alone.',
  })
  @ApiPage([HistoryEntryDto], 'The changes, the newest first.')
  @ApiProblems(400, 403, 404)
  async list(
    @PathId('event_id') id: number,
    @Query() query: ListHistoryDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HistoryEntryDto[]> {
    const page = await this.history.ofEvent(id, toHistoryQuery(query));
    return linkNextPage(request, reply, page).map(toHistoryEntryDto);
  }
}
