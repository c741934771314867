import { Body, Controller, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../access/access.decorator.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../../http/wire-names/wire-names.interceptor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { MEETING_FIELDS } from '../../rest/meeting-search.mapper.js';
import { SeriesSlotsService } from '../series-slots.service.js';
import { FindSeriesSlotsDto } from './find-series-slots.dto.js';
import { SeriesSlotsDto } from './series-slots.dto.js';
import { toSeriesSlotsDto, toSeriesSlotsQuery } from './series-slots.mapper.js';

// In a path, `::` is Fastify's literal colon.
@ApiTags('meetings')
@Access('caller', 'availability.read')
@UseInterceptors(new WireNamesInterceptor(MEETING_FIELDS))
@Controller('events::find-series-slots')
export class SeriesSlotsController {
  constructor(
    private readonly slots: SeriesSlotsService,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'findSeriesSlots',
    summary: 'Find the best times for a whole series',
    description:
      'All occurrences of a slot have the same time of day in `time_zone`. In an occurrence that counts, all users are free and within their working hours, and all rooms are free and open. The slots have the most occurrences that count. `misses` lists the other occurrences with the reasons, which name a user and a rule, never an event. The search has no `starts`, `prefer` and `explain`: the slots are ordered by their occurrences, and `misses` explains them. If rooms attend, an occurrence that overlaps another one of its series does not count. The first occurrences of the slots, with their buffers, do not overlap. The request changes nothing.',
  })
  @ApiOkResponse({ description: 'The slots; none if no time suits.', type: SeriesSlotsDto })
  @ApiProblems(400, 404)
  async find(@Body() input: FindSeriesSlotsDto): Promise<SeriesSlotsDto> {
    return toSeriesSlotsDto(await this.slots.find(toSeriesSlotsQuery(input, this.clock.now())));
  }
}
