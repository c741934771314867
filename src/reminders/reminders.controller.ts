import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { PathId } from '../common/fields/path-id.js';
import { ApiProblems } from '../common/problem/api-problems.js';
import { EventRemindersDto, SetEventRemindersDto } from './dto/event-reminders.dto.js';
import { toEventRemindersDto } from './reminder.mapper.js';
import { RemindersService } from './reminders.service.js';

@ApiTags('reminders')
@Access('caller')
@Controller('users/:user_id/events/:event_id/reminders')
export class RemindersController {
  constructor(private readonly reminders: RemindersService) {}

  @Get()
  @ApiOperation({
    operationId: 'getReminders',
    summary: 'Read what reminds a user of an event',
    description: "The user's defaults, or what was set instead for this event.",
  })
  @ApiOkResponse({ description: 'The reminders.', type: EventRemindersDto })
  @ApiProblems(400, 403, 404)
  async get(
    @PathId('user_id') userId: number,
    @PathId('event_id') eventId: number,
  ): Promise<EventRemindersDto> {
    return toEventRemindersDto(await this.reminders.get(userId, eventId));
  }

  @Put()
  @ApiOperation({
    operationId: 'setReminders',
    summary: 'Say what shall remind a user of an event',
    description: 'Takes effect on everything that has not fired yet.',
  })
  @ApiOkResponse({ description: 'The reminders as set.', type: EventRemindersDto })
  @ApiProblems(400, 403, 404)
  async set(
    @PathId('user_id') userId: number,
    @PathId('event_id') eventId: number,
    @Body() input: SetEventRemindersDto,
  ): Promise<EventRemindersDto> {
    return toEventRemindersDto(await this.reminders.set(userId, eventId, input));
  }
}
