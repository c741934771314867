import { Controller, Delete, Get, HttpCode, Query, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../../access/access.decorator.js';
import { renderedJson } from '../../../http/body/rendered-json.js';
import { PathId } from '../../../http/fields/path-id.js';
import { ApiPage } from '../../../http/page/api-page.js';
import { linkNext } from '../../../http/page/link-next-page.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { CalendarErasureLoop } from '../../calendars/calendar-erasure-loop.js';
import { IncrementalListService } from '../../read/changes/incremental-list.service.js';
import { EventListService } from '../../read/lists/event-list.service.js';
import { SYNC_TOKEN_HEADER, toIncrementalList } from '../changes/incremental-page.js';
import { RemovedEventDto, SyncedEventDto } from '../changes/synced-event.dto.js';
import { toIncrementalListQuery } from '../changes/synced-event.mapper.js';
import { ListedEventDto } from '../dto/event.dto.js';
import { ListEventsDto } from '../dto/list-events.dto.js';
import { ListedPrivateEventDto } from '../dto/private-event.dto.js';
import { toEventListQuery } from '../list-query.mapper.js';
import { renderPage } from '../lists/rendered-page.js';
import { DeleteCalendarDto } from './delete-calendar.dto.js';

@ApiTags('calendars')
@Controller('calendars/:calendar_id')
export class CalendarEventsController {
  constructor(
    private readonly list: EventListService,
    private readonly incremental: IncrementalListService,
    private readonly calendars: CalendarErasureLoop,
  ) {}

  @Get('events')
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'listCalendarEvents',
    summary: 'List the events of a calendar in a window',
    description:
      'The events that the user of the calendar has in it, in the form and order of `listUserEvents`, with the same parameters.',
  })
  @ApiPage(
    [ListedEventDto, ListedPrivateEventDto, SyncedEventDto, RemovedEventDto],
    'The events of the calendar that overlap the window, or an incremental list.',
    SYNC_TOKEN_HEADER,
  )
  @ApiProblems(400, 404, 410)
  async get(
    @PathId('calendar_id') id: number,
    @Query() query: ListEventsDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | (SyncedEventDto | RemovedEventDto)[]> {
    const incremental = toIncrementalListQuery(query);
    if (incremental) {
      const { userId, page } = await this.incremental.ofCalendar(id, incremental);
      return toIncrementalList(request, reply, page, { max: incremental.maxAttendees, first: userId });
    }
    const page = await this.list.ofCalendar(id, toEventListQuery(query), (listed, owner) =>
      renderPage(listed, owner, query.max_attendees),
    );
    linkNext(request, reply, page.next);
    return renderedJson(reply, page.json());
  }

  @Delete()
  @HttpCode(204)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'deleteCalendar',
    summary: 'Delete a calendar',
    description:
      'Only the user of the calendar, a caller with the role `owner`, or an API key, may do so (403 `forbidden`). The calendar is gone at once, and its `external_id` is free. The service deletes or moves the events in steps: those of a small calendar before the response, the rest soon after. It does not look for conflicts of events that move. Webhook subscriptions to the calendar get the deliveries of these changes. Then the service disables them, with the `disabled_reason` `calendar_deleted`. The primary calendar cannot be deleted (409 `primary_calendar`).',
  })
  @ApiNoContentResponse({ description: 'The calendar is deleted.' })
  @ApiProblems(400, 403, 404, 409)
  async delete(@PathId('calendar_id') id: number, @Query() { events }: DeleteCalendarDto): Promise<void> {
    await this.calendars.delete(id, events);
  }
}
