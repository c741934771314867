import { Body, Controller, HttpCode, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiExtraModels, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { acceptMembers, allAccepted } from '../../errors/name-refusal.js';
import { BATCH_BODY_LIMIT, MAX_BATCH_SIZE } from '../../http/body/batch.js';
import { membersOf } from '../../http/body/batch-body.js';
import { expectId } from '../../http/fields/id-list-field.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import type { RepeatedRequest } from '../../idempotency/idempotent-options.js';
import { MAX_ATTENDEES_IN_BATCH } from '../model/event-limits.js';
import { EventsService } from '../read/events.service.js';
import { EventBatchWriter, IDS, REQUESTS } from '../write/batch/event-batch-writer.js';
import {
  BookedEventsDto,
  CreateEventBatchDto,
  DeleteEventBatchDto,
  UpdateEventBatchDto,
} from './dto/batch.dto.js';
import { BookedEventDto, BookedPrivateEventDto } from './dto/booked-event.dto.js';
import { MaxAttendeesDto } from './dto/max-attendees.dto.js';
import { toBookedEventDto, toCreatedEventDto } from './event.mapper.js';
import { toBatchedPatch, toNewEvent } from './event-command.mapper.js';
import { EVENT_FIELDS } from './event-fields.js';

const OF_ALL =
  `At most ${MAX_BATCH_SIZE} members, in one transaction: all of them succeed, or nothing changes. The access to each ` +
  'member is that of the single operation. The status of a refusal is that of the first member that is refused. Its ' +
  '`errors` name the member, such as `requests[3].start_date`. A fault of the list itself, or of the text of the body, ' +
  'comes before those of members.';

const OF_EVENTS =
  'The service judges conflicts after all members are applied: two events can swap their attendees, and two events of ' +
  `one attendee at one time are in conflict. A conflict is refused only if no member has another fault. The events have at most ${MAX_ATTENDEES_IN_BATCH.toLocaleString('en-US')} ` +
  `attendees together (400 \`too_many_attendees\`). A body may have ${BATCH_BODY_LIMIT / 2 ** 20} MiB.`;

/** Responds to a repeat of a batch: each event as the caller sees it now. */
const REPLAY = {
  field: 'events',
  read: async (controller: EventBatchesController, ids: readonly number[], { query }: RepeatedRequest) =>
    controller.getBooked(ids, query),
};

// In a path, `::` is Fastify's literal colon.
@ApiTags('events')
@ApiExtraModels(BookedEventDto, BookedPrivateEventDto)
@UseInterceptors(new WireNamesInterceptor(EVENT_FIELDS))
@Controller()
export class EventBatchesController {
  constructor(
    private readonly events: EventsService,
    private readonly writer: EventBatchWriter,
  ) {}

  @Post('events::batch-create')
  @HttpCode(200)
  @Idempotent<EventBatchesController>({ replayAll: REPLAY })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'createEvents',
    summary: 'Create several events at once',
    description: `${OF_ALL} ${OF_EVENTS}`,
  })
  @ApiOkResponse({ description: 'The events, in the order of the requests.', type: BookedEventsDto })
  @ApiProblems(400, 403, 404, 409, 429)
  async create(
    @Query() { max_attendees: maxAttendees }: MaxAttendeesDto,
    @Body() body: CreateEventBatchDto,
  ): Promise<BookedEventsDto> {
    const created = await this.writer.createAll(acceptMembers(REQUESTS, membersOf(body), toNewEvent));
    return { events: created.map((event) => toCreatedEventDto(event, maxAttendees)) };
  }

  @Post('events::batch-update')
  @HttpCode(200)
  @Idempotent<EventBatchesController>({ replayAll: REPLAY })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'updateEvents',
    summary: 'Change several events at once',
    description:
      `${OF_ALL} ${OF_EVENTS} If a request has a stale \`if_match\`, nothing changes (412). A second change of one event ` +
      'sees the first, and both have the same event in the response. Two events can exchange their `external_id`. ' +
      'An event that has all values of its request already gets no new `version`.',
  })
  @ApiOkResponse({ description: 'The events, in the order of the requests.', type: BookedEventsDto })
  @ApiProblems(400, 403, 404, 409, 412, 429)
  async update(
    @Query() { max_attendees: maxAttendees }: MaxAttendeesDto,
    @Body() body: UpdateEventBatchDto,
  ): Promise<BookedEventsDto> {
    const changed = await this.writer.patchAll(acceptMembers(REQUESTS, membersOf(body), toBatchedPatch));
    return { events: changed.map((event) => toBookedEventDto(event, maxAttendees)) };
  }

  @Post('events::batch-delete')
  @HttpCode(204)
  @Idempotent()
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'deleteEvents',
    summary: 'Delete several events at once',
    description: OF_ALL.replace('requests[3].start_date', 'ids[3]'),
  })
  @ApiNoContentResponse({
    description: 'The service has deleted the events with their invites, overrides and answers.',
  })
  @ApiProblems(400, 403, 404)
  async delete(@Body() { ids }: DeleteEventBatchDto): Promise<void> {
    await this.writer.deleteAll(acceptMembers(IDS, allAccepted(ids), expectId));
  }

  /** The response to a repeat of the request that created or changed these events. */
  async getBooked(
    ids: readonly number[],
    { max_attendees: given }: Readonly<Record<string, unknown>>,
  ): Promise<BookedEventsDto> {
    const maxAttendees = given === undefined ? undefined : Number(given);
    const events = await this.events.seeBooked(ids, REQUESTS);
    return { events: events.map((event) => toBookedEventDto(event, maxAttendees)) };
  }
}
