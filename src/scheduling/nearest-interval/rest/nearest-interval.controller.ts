import { Controller, Get, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../../access/access.decorator.js';
import { linkNextWindow } from '../../../http/page/link-next-page.js';
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
      'From the start to the end of the interval, each user is free and within the working hours of their own time zone. A reason names a user and a rule, never an event. With `explain=true`, the response also has what would be possible without each single rule; with `starts=all`, every start on the grid; `prefer` orders the suggestions.',
  })
  @ApiOkResponse({
    description: 'The nearest interval, or the reasons why there is none.',
    type: NearestIntervalDto,
    headers: {
      Link: {
        description:
          'With `starts=all`, if there are more starts: the URL of the later ones (RFC 8288, `rel="next"`), with the `from` and `to` of the rest of the window.',
        schema: {
          type: 'string',
          examples: [
            '</events:nearest-empty-time-interval?duration=1h&user_ids=1&starts=all&from=2022-09-07T09%3A15%3A00Z&to=2022-10-06T09%3A00%3A00Z>; rel="next"',
          ],
        },
      },
    },
  })
  @ApiProblems(400, 404)
  async find(
    @Query() input: NearestIntervalQueryDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NearestIntervalDto> {
    const query = toNearestIntervalQuery(input, this.clock.now());
    const found = await this.nearestInterval.find(query);
    linkNextWindow(
      request,
      reply,
      found.nextStart === null ? null : { ...query.window, start: found.nextStart },
    );
    return toNearestIntervalDto(found);
  }
}
