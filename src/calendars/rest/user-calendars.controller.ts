import { Body, Controller, Get, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { UserPathId } from '../../access/user-path-id.js';
import { Created } from '../../http/created/created.decorator.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { PageDto } from '../../http/page/page.dto.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { MAX_CALENDARS_OF_USER } from '../model/calendar-limits.js';
import { UserCalendarsService } from '../read/user-calendars.service.js';
import { CalendarWriter } from '../write/calendar-writer.service.js';
import { CalendarDto } from './calendar.dto.js';
import { CALENDAR_FIELDS, toCalendarDto, toCalendarPage, toNewCalendar } from './calendar.mapper.js';
import { CreateCalendarDto } from './create-calendar.dto.js';

@ApiTags('calendars')
@UseInterceptors(new WireNamesInterceptor(CALENDAR_FIELDS))
@Controller('users/:user_id/calendars')
export class UserCalendarsController {
  constructor(
    private readonly calendars: UserCalendarsService,
    private readonly writer: CalendarWriter,
  ) {}

  @Post()
  @Idempotent<UserCalendarsController>({ replay: async (controller, id) => controller.getCreated(id) })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'createCalendar',
    summary: 'Create a calendar of a user',
    description: `Only the user, or an API key, may do so (403 \`forbidden\`). A user has at most ${MAX_CALENDARS_OF_USER} calendars (409 \`too_many_calendars\`).`,
  })
  @Created('/calendars/2', { description: 'The calendar.', type: CalendarDto }, '/calendars')
  @ApiProblems(400, 403, 404, 409)
  async create(@UserPathId() userId: number, @Body() input: CreateCalendarDto): Promise<CalendarDto> {
    return toCalendarDto(await this.writer.create(userId, toNewCalendar(input)));
  }

  @Get()
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'listUserCalendars',
    summary: 'List the calendars of a user',
    description:
      'Every user has a primary calendar, which the service creates with the user. The list has the calendars on which the caller has a role. Only the user and API keys see the reminders, the `external_id` and the `metadata` of a calendar.',
  })
  @ApiPage([CalendarDto], 'The calendars, by `position`; those with the same `position` by `id`.')
  @ApiProblems(400, 404)
  async list(
    @UserPathId() userId: number,
    @Query() query: PageDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendarDto[]> {
    const page = await this.calendars.ofUser(userId, toCalendarPage(query));
    return linkNextPage(request, reply, page).map(toCalendarDto);
  }

  /** The response to a repeat of the request that created the calendar. */
  async getCreated(id: number): Promise<CalendarDto> {
    return toCalendarDto(await this.calendars.view(id));
  }
}
