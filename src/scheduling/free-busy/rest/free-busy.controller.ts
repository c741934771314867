import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../access/access.decorator.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../../http/wire-names/wire-names.interceptor.js';
import { LongWork } from '../../../platform/work/long-work.js';
import { FreeBusyService, MAX_BUSY_INTERVALS } from '../free-busy.service.js';
import { FreeBusyDto, FreeBusyQueryDto } from './free-busy.dto.js';
import { toFreeBusyDto, toFreeBusyQuery } from './free-busy.mapper.js';

@ApiTags('scheduling')
@Access('caller', 'availability.read')
@UseInterceptors(new WireNamesInterceptor({ userIds: 'user_ids', end: 'to' }))
@Controller('free-busy')
export class FreeBusyController {
  constructor(
    private readonly freeBusy: FreeBusyService,
    private readonly longWork: LongWork,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getFreeBusy',
    summary: 'List the busy intervals of users',
    description: `The response contains no detail of an event. It leaves out the calendars on which the caller has no role (\`code\`). A response has at most ${MAX_BUSY_INTERVALS} elements in the \`intervals\` of all users; if a request needs more, the response is 400 \`too_much\`. Ask for fewer users or a shorter window.`,
  })
  @ApiOkResponse({
    description: 'The busy intervals of each user, in the order of the request.',
    type: [FreeBusyDto],
  })
  @ApiProblems(400, 404)
  async get(@Query() query: FreeBusyQueryDto): Promise<FreeBusyDto[]> {
    const busy = await this.freeBusy.ofUsers(toFreeBusyQuery(query));
    return this.longWork.map(busy, toFreeBusyDto, ({ intervals }) => intervals?.length ?? 0);
  }
}
