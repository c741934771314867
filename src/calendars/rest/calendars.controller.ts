import { Body, Controller, Get, Patch, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { PathId } from '../../http/fields/path-id.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { PageDto } from '../../http/page/page.dto.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { UserCalendarsService } from '../read/user-calendars.service.js';
import { CalendarWriter } from '../write/calendar-writer.service.js';
import { CalendarDto } from './calendar.dto.js';
import { CALENDAR_FIELDS, toCalendarDto, toCalendarPage, toCalendarPatch } from './calendar.mapper.js';
import { UpdateCalendarDto } from './create-calendar.dto.js';

@ApiTags('calendars')
@UseInterceptors(new WireNamesInterceptor(CALENDAR_FIELDS))
@Controller('calendars')
export class CalendarsController {
  constructor(
    private readonly calendars: UserCalendarsService,
    private readonly writer: CalendarWriter,
  ) {}

  @Get()
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'listCalendars',
    summary: "List the caller's calendars, and those that others share with the caller",
    description:
      'For a person: their own calendars, and those on which they have a grant of their own, except with the role `none`. For an API key: the calendars of all users of its tenant. For a request without a token: those of all users without a password.',
  })
  @ApiPage([CalendarDto], 'The calendars, by `user_id`, then by `position`, then by `id`.')
  @ApiProblems(400)
  async list(
    @Query() query: PageDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendarDto[]> {
    const page = await this.calendars.ofCaller(toCalendarPage(query));
    return linkNextPage(request, reply, page).map(toCalendarDto);
  }

  @Get(':calendar_id')
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'getCalendar',
    summary: 'Read a calendar',
    description:
      'The caller needs a role on the calendar, by a grant to the caller or to the tenant. Without one, the response is that to an unknown id. The name and the color need the role `reader`.',
  })
  @ApiOkResponse({ description: 'The calendar.', type: CalendarDto })
  @ApiProblems(400, 404)
  async get(@PathId('calendar_id') id: number): Promise<CalendarDto> {
    return toCalendarDto(await this.calendars.view(id));
  }

  @Patch(':calendar_id')
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'updateCalendar',
    summary: 'Change a calendar',
    description:
      'Only the user of the calendar, a caller with the role `owner`, or an API key, may do so (403 `forbidden`); only the user and API keys change the `default_reminders`. With other `default_reminders`, the service plans the reminders of all its events again. A change of `counts_as_busy` applies to all events of the calendar at once; the service does not look for conflicts then.',
  })
  @ApiOkResponse({ description: 'The calendar after the change.', type: CalendarDto })
  @ApiProblems(400, 403, 404, 409)
  async update(@PathId('calendar_id') id: number, @Body() input: UpdateCalendarDto): Promise<CalendarDto> {
    return toCalendarDto(await this.writer.update(id, toCalendarPatch(input)));
  }
}
