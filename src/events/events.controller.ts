import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { PathId } from '../common/fields/path-id.js';
import { ApiProblems } from '../common/problem/api-problems.js';
import { CreateEventDto } from './dto/create-event.dto.js';
import { EventDto } from './dto/event.dto.js';
import { CREATE_EVENT_EXAMPLES, UPDATE_EVENT_EXAMPLES } from './dto/examples.js';
import { UpdateEventDto } from './dto/update-event.dto.js';
import { toEventDto } from './event.mapper.js';
import { EventChangesService } from './event-changes.service.js';
import { EventsService } from './events.service.js';

@ApiTags('events')
@Controller('events')
export class EventsController {
  constructor(
    private readonly events: EventsService,
    private readonly changes: EventChangesService,
  ) {}

  @Post()
  @ApiOperation({ operationId: 'createEvent', summary: 'Create an event and invite users to it' })
  @ApiBody({ type: CreateEventDto, examples: CREATE_EVENT_EXAMPLES })
  @ApiCreatedResponse({ description: 'The event.', type: EventDto })
  @ApiProblems(400, 404)
  async create(@Body() input: CreateEventDto): Promise<EventDto> {
    return toEventDto(await this.events.create(input));
  }

  @Get(':event_id')
  @ApiOperation({ operationId: 'getEvent', summary: 'Read an event' })
  @ApiOkResponse({ description: 'The event.', type: EventDto })
  @ApiProblems(400, 404)
  async get(@PathId('event_id') id: number): Promise<EventDto> {
    return toEventDto(await this.events.get(id));
  }

  @Patch(':event_id')
  @ApiOperation({
    operationId: 'updateEvent',
    summary: 'Change an event, or a series as a whole',
    description:
      'Exceptions of a series move along when only its time of day changes; after any other change those stay whose ' +
      'original start still occurs.',
  })
  @ApiBody({ type: UpdateEventDto, examples: UPDATE_EVENT_EXAMPLES })
  @ApiOkResponse({ description: 'The event as changed.', type: EventDto })
  @ApiProblems(400, 404)
  async update(@PathId('event_id') id: number, @Body() input: UpdateEventDto): Promise<EventDto> {
    return toEventDto(await this.changes.update(id, input));
  }

  @Delete(':event_id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteEvent', summary: 'Delete an event, or a series as a whole' })
  @ApiNoContentResponse({ description: 'It is deleted, with its invites and exceptions.' })
  @ApiProblems(400, 404)
  async delete(@PathId('event_id') id: number): Promise<void> {
    await this.changes.delete(id);
  }
}
