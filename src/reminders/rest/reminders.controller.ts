import { Body, Controller, Get, Put, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { UserPathId } from '../../access/user-path-id.js';
import { PathId } from '../../http/fields/path-id.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { RemindersService } from '../planning/reminders.service.js';
import { EventRemindersDto, SetEventRemindersDto } from './event-reminders.dto.js';
import { newEventReminders, toEventRemindersDto } from './reminder.mapper.js';

@ApiTags('reminders')
// The names are the same; the interceptor takes the backticks out of messages.
@UseInterceptors(new WireNamesInterceptor({ overrides: 'overrides' }))
@Controller('users/:user_id/events/:event_id/reminders')
export class RemindersController {
  constructor(private readonly reminders: RemindersService) {}

  @Get()
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'getReminders',
    summary: "Read a user's reminders of an event",
    description:
      "The reminders that the user has set for this event, or else the default reminders of the user's calendar that has the event (null inherits), or else the user's. 404 `attendee_not_found`: the user " +
      'does not attend the event.',
  })
  @ApiOkResponse({ description: 'The reminders.', type: EventRemindersDto })
  @ApiProblems(400, 403, 404)
  async get(@UserPathId() userId: number, @PathId('event_id') eventId: number): Promise<EventRemindersDto> {
    return toEventRemindersDto(await this.reminders.get(userId, eventId));
  }

  @Put()
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'setReminders',
    summary: "Set a user's reminders of an event",
    description:
      'Either `use_default` is true, or `overrides` has the reminders of this event. The change applies to all reminders that ' +
      'have not fired yet. 404 `attendee_not_found`: the user does not attend the event.',
  })
  @ApiOkResponse({ description: 'The reminders after the change.', type: EventRemindersDto })
  @ApiProblems(400, 403, 404)
  async set(
    @UserPathId() userId: number,
    @PathId('event_id') eventId: number,
    @Body() input: SetEventRemindersDto,
  ): Promise<EventRemindersDto> {
    return toEventRemindersDto(await this.reminders.set(userId, eventId, newEventReminders(input)));
  }
}
