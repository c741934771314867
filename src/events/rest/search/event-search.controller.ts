import { Controller, Get, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../../access/access.decorator.js';
import { ApiPage } from '../../../http/page/api-page.js';
import { linkNextPage } from '../../../http/page/link-next-page.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../../http/wire-names/wire-names.interceptor.js';
import { selectionFor } from '../../read/attendees-shown.js';
import { EventSearchService } from '../../read/search/event-search.service.js';
import { EventDto } from '../dto/event.dto.js';
import { toEventDto } from '../event.mapper.js';
import { EVENT_FIELDS } from '../event-fields.js';
import { toEventSearch } from './search.mapper.js';
import { SearchEventsDto } from './search-events.dto.js';

@ApiTags('events')
@Access('caller', 'events.read')
@UseInterceptors(new WireNamesInterceptor(EVENT_FIELDS))
@Controller('events')
export class EventSearchController {
  constructor(private readonly search: EventSearchService) {}

  @Get()
  @ApiOperation({
    operationId: 'searchEvents',
    summary: 'Search events',
    description:
      'The events that match every parameter, by the start of their first occurrence, then by id. A series is one element. ' +
      'An API key searches its tenant. Any other caller finds only events that the caller may see in full. `external_id` ' +
      'and `metadata` find only events whose external id and metadata the caller sees. A page may have fewer elements ' +
      'than `limit`; the `Link` header tells whether more follow.',
  })
  @ApiPage([EventDto], 'The events that match.')
  @ApiProblems(400, 404)
  async find(
    @Query() query: SearchEventsDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventDto[]> {
    const page = await this.search.find(toEventSearch(query));
    return linkNextPage(request, reply, page).map((view) =>
      toEventDto(view, selectionFor(view, query.max_attendees)),
    );
  }
}
