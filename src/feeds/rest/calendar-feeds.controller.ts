import { Body, Controller, Delete, Get, Header, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { Created } from '../../http/created/created.decorator.js';
import { PathId } from '../../http/fields/path-id.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { PageDto } from '../../http/page/page.dto.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { MAX_FEEDS_OF_CALENDAR } from '../model/feed-record.js';
import { FeedsService } from '../write/feeds.service.js';
import { CalendarFeedDto, CalendarFeedWithUrlDto, CreateCalendarFeedDto } from './calendar-feed.dto.js';
import { toFeedDto, toFeedPage, toFeedWithUrlDto, toNewFeed } from './calendar-feed.mapper.js';

const BY_THE_USER = 'Only the user of the calendar, or an API key, may do so (403 `forbidden`).';

@ApiTags('feeds')
@Controller('calendars/:calendar_id/feeds')
export class CalendarFeedsController {
  constructor(private readonly feeds: FeedsService) {}

  @Post()
  @Idempotent({ secret: true })
  @Header('Cache-Control', 'no-store')
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'createCalendarFeed',
    summary: 'Make a feed of a calendar',
    description: `A feed is an address at which other programs read the calendar as iCalendar without a token. Any program that has the address can read the calendar, so treat the address as a password. ${BY_THE_USER} An API key must act as itself (403 \`reauthentication_required\`). A calendar has at most ${MAX_FEEDS_OF_CALENDAR} feeds (409 \`too_many_feeds\`).`,
  })
  @Created('/calendars/1/feeds/1', {
    description: 'The feed, with its address.',
    type: CalendarFeedWithUrlDto,
  })
  @ApiProblems(400, 403, 404, 409)
  async create(
    @PathId('calendar_id') calendarId: number,
    @Body() input: CreateCalendarFeedDto,
    @Req() { server }: FastifyRequest,
  ): Promise<CalendarFeedWithUrlDto> {
    return toFeedWithUrlDto(await this.feeds.create(calendarId, toNewFeed(input)), server.urlPrefix);
  }

  @Get()
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'listCalendarFeeds',
    summary: 'List the feeds of a calendar',
    description: `${BY_THE_USER} The responses do not have the addresses.`,
  })
  @ApiPage([CalendarFeedDto], 'The feeds, by `id`.')
  @ApiProblems(400, 403, 404)
  async list(
    @PathId('calendar_id') calendarId: number,
    @Query() query: PageDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendarFeedDto[]> {
    const page = await this.feeds.list(calendarId, toFeedPage(query));
    return linkNextPage(request, reply, page).map(toFeedDto);
  }

  @Get(':feed_id')
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'getCalendarFeed',
    summary: 'Read a feed of a calendar',
    description: `${BY_THE_USER} The response does not have the address.`,
  })
  @ApiOkResponse({ description: 'The feed.', type: CalendarFeedDto })
  @ApiProblems(400, 403, 404)
  async get(
    @PathId('calendar_id') calendarId: number,
    @PathId('feed_id') id: number,
  ): Promise<CalendarFeedDto> {
    return toFeedDto(await this.feeds.get(calendarId, id));
  }

  @Delete(':feed_id')
  @HttpCode(204)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'deleteCalendarFeed',
    summary: 'Delete a feed of a calendar',
    description: `${BY_THE_USER} The address of the feed is unknown from the next request on.`,
  })
  @ApiNoContentResponse({ description: 'The feed is deleted.' })
  @ApiProblems(400, 403, 404)
  async delete(@PathId('calendar_id') calendarId: number, @PathId('feed_id') id: number): Promise<void> {
    await this.feeds.delete(calendarId, id);
  }
}
