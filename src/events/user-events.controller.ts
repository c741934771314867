import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../access/access.decorator.js';
import { PathId } from '../common/fields/path-id.js';
import { ApiPage } from '../common/page/api-page.js';
import { linkNextPage } from '../common/page/link-next-page.js';
import { ApiProblems } from '../common/problem/api-problems.js';
import { ListedEventDto } from './dto/event.dto.js';
import { ListEventsDto } from './dto/list-events.dto.js';
import { ListedPrivateEventDto } from './dto/private-event.dto.js';
import { EventListService } from './event-list.service.js';
import { toListedEventDto } from './occurrence.mapper.js';

@ApiTags('events')
@Access('caller')
@Controller('users/:user_id/events')
export class UserEventsController {
  constructor(private readonly list: EventListService) {}

  @Get()
  @ApiOperation({
    operationId: 'listUserEvents',
    summary: "List a user's events in a window",
    description:
      'The events that the user organizes or is invited to, declined ones among them, by first occurrence.',
  })
  @ApiPage([ListedEventDto, ListedPrivateEventDto], 'The events that overlap the window.')
  @ApiProblems(400, 404)
  async get(
    @PathId('user_id') userId: number,
    @Query() query: ListEventsDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<(ListedEventDto | ListedPrivateEventDto)[]> {
    const page = await this.list.ofUser(userId, query);
    return linkNextPage(request, reply, page).map(({ view, occurrences }) =>
      toListedEventDto(view, occurrences, userId),
    );
  }
}
