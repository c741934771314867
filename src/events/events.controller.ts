import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PathId } from '../common/fields/path-id.js';
import { ApiProblems } from '../common/problem/api-problems.js';
import { BookedEventDto } from './dto/booked-event.dto.js';
import { CreateEventDto } from './dto/create-event.dto.js';
import { EventDto } from './dto/event.dto.js';
import { toBookedEventDto, toEventDto } from './event.mapper.js';
import { EventsService } from './events.service.js';

@ApiTags('events')
@Controller('events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Post()
  @ApiOperation({ operationId: 'createEvent', summary: 'Create an event and invite users to it' })
  @ApiCreatedResponse({ description: 'The event.', type: BookedEventDto })
  @ApiProblems(400, 404, 409)
  async create(@Body() input: CreateEventDto): Promise<BookedEventDto> {
    return toBookedEventDto(await this.events.create(input));
  }

  @Get(':event_id')
  @ApiOperation({ operationId: 'getEvent', summary: 'Read an event' })
  @ApiOkResponse({ description: 'The event.', type: EventDto })
  @ApiProblems(400, 404)
  async get(@PathId('event_id') id: number): Promise<EventDto> {
    return toEventDto(await this.events.get(id));
  }
}
