import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { UserPathId } from '../../access/user-path-id.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { EventListService } from '../read/event-list.service.js';
import { ListedEventDto } from './dto/event.dto.js';
import { ListEventsDto } from './dto/list-events.dto.js';
import { ListedPrivateEventDto } from './dto/private-event.dto.js';
import { toEventListQuery } from './list-query.mapper.js';
import { toListedEventDto } from './listed-event.mapper.js';

@ApiTags('events')
@Access('caller', 'events.read')
@Controller('users/:user_id/events')
export class UserEventsController {
  constructor(private readonly list: EventListService) {}

  @Get()
  @ApiOperation({
    operationId: 'listUserEvents',
    summary: "List a user's events in a window",
    description:
      'The events that the user organizes or is invited to, by first occurrence. The list has only ' +
      'the first occurrence of a declined event. If the caller may see only the times of a private event, the list ' +
      'shows the event without an id, and omits it if the user declined it. If a window holds too many occurrences of an event, the list shows the ' +
      'first of them and sets `occurrences_truncated`; if a page would become too large, the page ends before `limit`.',
  })
  @ApiPage([ListedEventDto, ListedPrivateEventDto], 'The events that overlap the window.')
  @ApiProblems(400, 404)
  async get(
    @UserPathId() userId: number,
    @Query() query: ListEventsDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<(ListedEventDto | ListedPrivateEventDto)[]> {
    const page = await this.list.ofUser(userId, toEventListQuery(query));
    return linkNextPage(request, reply, page).map((listed) =>
      toListedEventDto(listed, userId, query.max_attendees),
    );
  }
}
