import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { oneOf } from '../common/api-one-of.js';
import { PathId } from '../common/fields/path-id.js';
import { ApiProblems } from '../common/problem/api-problems.js';
import { BookedEventDto, BookedPrivateEventDto } from './dto/booked-event.dto.js';
import { CreateEventDto } from './dto/create-event.dto.js';
import { EventDto } from './dto/event.dto.js';
import { CREATE_EVENT_EXAMPLES, UPDATE_EVENT_EXAMPLES } from './dto/examples.js';
import { PrivateEventDto } from './dto/private-event.dto.js';
import { UpdateEventDto } from './dto/update-event.dto.js';
import { toBookedEventDto, toSeenEventDto } from './event.mapper.js';
import { EventChangesService } from './event-changes.service.js';
import { EventsService } from './events.service.js';

const SEEN_EVENT = oneOf(EventDto, PrivateEventDto);
const BOOKED_EVENT = oneOf(BookedEventDto, BookedPrivateEventDto);

@ApiTags('events')
@ApiExtraModels(EventDto, PrivateEventDto, BookedEventDto, BookedPrivateEventDto)
@Access('caller')
@Controller('events')
export class EventsController {
  constructor(
    private readonly events: EventsService,
    private readonly changes: EventChangesService,
  ) {}

  @Post()
  @ApiOperation({ operationId: 'createEvent', summary: 'Create an event and invite users to it' })
  @ApiBody({ type: CreateEventDto, examples: CREATE_EVENT_EXAMPLES })
  @ApiCreatedResponse({ description: 'The event.', schema: BOOKED_EVENT })
  @ApiProblems(400, 403, 404, 409)
  async create(@Body() input: CreateEventDto): Promise<BookedEventDto | BookedPrivateEventDto> {
    return toBookedEventDto(await this.events.create(input));
  }

  @Get(':event_id')
  @ApiOperation({ operationId: 'getEvent', summary: 'Read an event' })
  @ApiOkResponse({
    description: 'The event; of a private one, others than its attendees see the time alone.',
    schema: SEEN_EVENT,
  })
  @ApiProblems(400, 404)
  async get(@PathId('event_id') id: number): Promise<EventDto | PrivateEventDto> {
    return toSeenEventDto(await this.events.see(id));
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
  @ApiOkResponse({ description: 'The event as changed.', schema: BOOKED_EVENT })
  @ApiProblems(400, 403, 404, 409)
  async update(
    @PathId('event_id') id: number,
    @Body() input: UpdateEventDto,
  ): Promise<BookedEventDto | BookedPrivateEventDto> {
    return toBookedEventDto(await this.changes.update(id, input));
  }

  @Delete(':event_id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteEvent', summary: 'Delete an event, or a series as a whole' })
  @ApiNoContentResponse({ description: 'It is deleted, with its invites and exceptions.' })
  @ApiProblems(400, 403, 404)
  async delete(@PathId('event_id') id: number): Promise<void> {
    await this.changes.delete(id);
  }
}
