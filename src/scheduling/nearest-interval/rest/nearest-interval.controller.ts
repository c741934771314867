import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../access/access.decorator.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../../http/wire-names/wire-names.interceptor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { NearestIntervalService } from '../nearest-interval.service.js';
import { NearestIntervalDto } from './nearest-interval.dto.js';
import { toNearestIntervalDto, toNearestIntervalQuery } from './nearest-interval.mapper.js';
import { NearestIntervalQueryDto } from './nearest-interval-query.dto.js';

// In a path, `::` is Fastify's literal colon.
@ApiTags('scheduling')
@Access('caller', 'availability.read')
@UseInterceptors(new WireNamesInterceptor({ requiredIds: 'user_ids', optionalIds: 'optional_user_ids' }))
@Controller('events::nearest-empty-time-interval')
export class NearestIntervalController {
  constructor(
    private readonly nearestInterval: NearestIntervalService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'findNearestEmptyTimeInterval',
    summary: 'Find the nearest interval in which all users are free',
    description:
      'From the start to the end of the interval, each user is free and within the working hours of their own time zone. A reason names a user and a rule, never an event.',
  })
  @ApiOkResponse({
    description: 'The nearest interval, or the reasons why there is none.',
    type: NearestIntervalDto,
  })
  @ApiProblems(400, 404)
  async find(@Query() query: NearestIntervalQueryDto): Promise<NearestIntervalDto> {
    const found = await this.nearestInterval.find(toNearestIntervalQuery(query, this.clock.now()));
    return toNearestIntervalDto(found);
  }
}
