import { Body, Controller, Delete, Get, HttpCode, Patch, Post, UseInterceptors } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { idPath, PathId } from '../../http/fields/path-id.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { CalendarSubscriptionsService } from '../read/calendar-subscriptions.service.js';
import { CalendarSubscriptionWriter } from '../write/calendar-subscription-writer.service.js';
import { CalendarSubscriptionDto, UpdateCalendarSubscriptionDto } from './calendar-subscription.dto.js';
import {
  CALENDAR_SUBSCRIPTION_FIELDS,
  toCalendarSubscriptionDto,
  toCalendarSubscriptionPatch,
} from './calendar-subscription.mapper.js';

const ID = 'calendar_subscription_id';

@ApiTags('calendar subscriptions')
@UseInterceptors(new WireNamesInterceptor(CALENDAR_SUBSCRIPTION_FIELDS))
@Controller('calendar-subscriptions')
export class CalendarSubscriptionsController {
  constructor(
    private readonly subscriptions: CalendarSubscriptionsService,
    private readonly writer: CalendarSubscriptionWriter,
  ) {}

  @Get(idPath(ID))
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'getCalendarSubscription',
    summary: 'Read a calendar subscription',
    description:
      'If a fetch fails, the events stay as they are, `last_error` has the reason, and `failing_since` the first failed fetch since the last success. The service tries again after 1, 5 and 15 minutes, 1, 3, 6 and 12 hours, and then once a day.',
  })
  @ApiOkResponse({ description: 'The subscription.', type: CalendarSubscriptionDto })
  @ApiProblems(400, 404)
  async get(@PathId(ID) id: number): Promise<CalendarSubscriptionDto> {
    return toCalendarSubscriptionDto(await this.subscriptions.get(id));
  }

  @Patch(idPath(ID))
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'updateCalendarSubscription',
    summary: 'Change a calendar subscription',
    description:
      'The service fetches a new address at once. The name and the color are those of the calendar: change them there.',
  })
  @ApiOkResponse({ description: 'The subscription after the change.', type: CalendarSubscriptionDto })
  @ApiProblems(400, 404)
  async update(
    @PathId(ID) id: number,
    @Body() input: UpdateCalendarSubscriptionDto,
  ): Promise<CalendarSubscriptionDto> {
    return toCalendarSubscriptionDto(await this.writer.update(id, toCalendarSubscriptionPatch(input)));
  }

  @Delete(idPath(ID))
  @HttpCode(204)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'deleteCalendarSubscription',
    summary: 'Delete a calendar subscription',
    description: 'The calendar of the subscription and its events are deleted, too.',
  })
  @ApiNoContentResponse({ description: 'The subscription is deleted.' })
  @ApiProblems(400, 404)
  async delete(@PathId(ID) id: number): Promise<void> {
    await this.writer.delete(id);
  }

  @Post(idPath(ID, 'refresh'))
  @HttpCode(202)
  @Idempotent<CalendarSubscriptionsController>({ replay: async (controller, id) => controller.get(id) })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'refreshCalendarSubscription',
    summary: 'Fetch a subscribed calendar now',
    description:
      'The service fetches the calendar within some seconds. The result is in `last_success_at` and `last_error` then. A fetch that is under way goes on.',
  })
  @ApiAcceptedResponse({ description: 'The subscription, before the fetch.', type: CalendarSubscriptionDto })
  @ApiProblems(400, 404)
  async refresh(@PathId(ID) id: number): Promise<CalendarSubscriptionDto> {
    return toCalendarSubscriptionDto(await this.writer.refresh(id));
  }
}
