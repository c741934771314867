import { Body, Controller, Get, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { UserPathId } from '../../access/user-path-id.js';
import { Created } from '../../http/created/created.decorator.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { PageDto } from '../../http/page/page.dto.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { MAX_CALENDAR_SUBSCRIPTIONS_OF_USER } from '../model/subscription-record.js';
import { CalendarSubscriptionsService } from '../read/calendar-subscriptions.service.js';
import { CalendarSubscriptionWriter } from '../write/calendar-subscription-writer.service.js';
import { CalendarSubscriptionDto, CreateCalendarSubscriptionDto } from './calendar-subscription.dto.js';
import {
  CALENDAR_SUBSCRIPTION_FIELDS,
  toCalendarSubscriptionDto,
  toCalendarSubscriptionPage,
  toNewCalendarSubscription,
} from './calendar-subscription.mapper.js';

@ApiTags('calendar subscriptions')
@UseInterceptors(new WireNamesInterceptor(CALENDAR_SUBSCRIPTION_FIELDS))
@Controller('users/:user_id/calendar-subscriptions')
export class UserCalendarSubscriptionsController {
  constructor(
    private readonly subscriptions: CalendarSubscriptionsService,
    private readonly writer: CalendarSubscriptionWriter,
  ) {}

  @Post()
  @Idempotent<UserCalendarSubscriptionsController>({
    replay: async (controller, id) => controller.getCreated(id),
  })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'createCalendarSubscription',
    summary: 'Subscribe a user to a calendar elsewhere',
    description: `The service makes a calendar of the user, fetches the address at once and then about once an hour, and makes the events of the calendar those of the address. Each event is owned by the user and invites and reminds nobody. No request changes the events (403 \`read_only_calendar\`). Only the user, or an API key, may subscribe (403 \`forbidden\`). A user has at most ${MAX_CALENDAR_SUBSCRIPTIONS_OF_USER} calendar subscriptions (409 \`too_many_calendar_subscriptions\`).`,
  })
  @Created(
    '/calendar-subscriptions/1',
    { description: 'The subscription, before its first fetch.', type: CalendarSubscriptionDto },
    ({ id }) => `/calendar-subscriptions/${String(id)}`,
  )
  @ApiProblems(400, 403, 404, 409)
  async create(
    @UserPathId() userId: number,
    @Body() input: CreateCalendarSubscriptionDto,
  ): Promise<CalendarSubscriptionDto> {
    return toCalendarSubscriptionDto(await this.writer.create(userId, toNewCalendarSubscription(input)));
  }

  @Get()
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'listCalendarSubscriptions',
    summary: 'List the calendar subscriptions of a user',
    description: 'Only the user, or an API key, may do so (403 `forbidden`).',
  })
  @ApiPage([CalendarSubscriptionDto], 'The subscriptions, by `id`.')
  @ApiProblems(400, 403, 404)
  async list(
    @UserPathId() userId: number,
    @Query() query: PageDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendarSubscriptionDto[]> {
    const { after, limit } = toCalendarSubscriptionPage(query);
    const page = await this.subscriptions.list(userId, after, limit);
    return linkNextPage(request, reply, page).map(toCalendarSubscriptionDto);
  }

  /** The response to a repeat of the request that created the subscription. */
  async getCreated(id: number): Promise<CalendarSubscriptionDto> {
    return toCalendarSubscriptionDto(await this.subscriptions.get(id));
  }
}
