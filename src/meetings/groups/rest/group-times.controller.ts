import { Body, Controller, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../access/access.decorator.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../../http/wire-names/wire-names.interceptor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { MEETING_FIELDS } from '../../rest/meeting-search.mapper.js';
import { GroupTimesService } from '../group-times.service.js';
import { GroupTimesDto } from './group-times.dto.js';
import { FindTimesDto } from './meeting-group.dto.js';
import { toGroupSearch, toGroupTimesDto } from './meeting-groups.mapper.js';

// In a path, `::` is Fastify's literal colon.
@ApiTags('meetings')
@Access('caller', 'availability.read')
@UseInterceptors(new WireNamesInterceptor(MEETING_FIELDS))
@Controller('events::find-times')
export class GroupTimesController {
  constructor(
    private readonly times: GroupTimesService,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'findTimes',
    summary: 'Find times at which groups can meet',
    description:
      'At each time, enough members of each group are free and within their working hours, with the buffers. No member attends for two groups. A group without a free member has no time. The options and their defaults are those of `findNearestEmptyTimeInterval`. `bookMeeting` with the same fields and such a time succeeds, unless something else is booked in between, or the organizer is in no group and refuses double bookings. The request changes nothing.',
  })
  @ApiOkResponse({ description: 'The times.', type: GroupTimesDto })
  @ApiProblems(400, 404)
  async find(@Body() input: FindTimesDto): Promise<GroupTimesDto> {
    return toGroupTimesDto(await this.times.find(toGroupSearch(input, this.clock.now())), input);
  }
}
