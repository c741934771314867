import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Post,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { EventsService } from '../../events/read/events.service.js';
import { BookedEventDto, BookedPrivateEventDto } from '../../events/rest/dto/booked-event.dto.js';
import { MaxAttendeesDto } from '../../events/rest/dto/max-attendees.dto.js';
import { toBookedEventDto } from '../../events/rest/event.mapper.js';
import { Created } from '../../http/created/created.decorator.js';
import { oneOf } from '../../http/document/one-of.js';
import { idPath, PathId } from '../../http/fields/path-id.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { PageDto } from '../../http/page/page.dto.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import {
  DAYS_OF_ENDED_HOLD,
  DEFAULT_HOLD_SECONDS,
  MAX_HOLDS_OF_KEY,
  MAX_HOLDS_OF_PERSON,
} from '../model/hold-limits.js';
import { HoldsService } from '../read/holds.service.js';
import { HoldConfirmation } from '../write/hold-confirmation.service.js';
import { HoldWriter } from '../write/hold-writer.service.js';
import { ConfirmHoldDto, CreateHoldDto, ExtendHoldDto, HoldDto } from './hold.dto.js';
import { HOLD_FIELDS, toEventOfHold, toHoldDto, toHoldPage, toNewHold } from './hold.mapper.js';

const ID = 'hold_id';

const OF_CREATOR =
  'Only the person who created a hold may use it; a hold of an API key, any key of the tenant; a hold of a request without a token, any caller. Other callers get 404 `hold_not_found`.';

@ApiTags('holds')
@ApiExtraModels(BookedEventDto, BookedPrivateEventDto)
@UseInterceptors(new WireNamesInterceptor(HOLD_FIELDS))
@Controller('holds')
export class HoldsController {
  constructor(
    private readonly holds: HoldsService,
    private readonly writer: HoldWriter,
    private readonly confirmation: HoldConfirmation,
    private readonly events: EventsService,
  ) {}

  @Post()
  @Idempotent<HoldsController>({ replay: async (controller, id) => controller.get(id) })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'createHold',
    summary: 'Hold time of users and rooms',
    description:
      'Until the hold expires, its time is busy for every caller, and the service refuses other holds and everything that rejects conflicts. A plain `POST /events` of a held person succeeds, and its `conflicts` list the hold. All users must be free, and the rooms open (409 `time_taken`); unanswered invitations count as busy. ' +
      'A person may hold the time of another person only if an unanswered invitation of theirs would take it (403 `invitations_not_accepted`), and if they see the busy time of that person (403 `calendar_not_shared`). ' +
      `A person has at most ${MAX_HOLDS_OF_PERSON} open holds; an API key, and all requests without a token together, ${MAX_HOLDS_OF_KEY} (429 \`too_many_holds\`).`,
  })
  @Created('/holds/1', { description: 'The hold.', type: HoldDto })
  @ApiProblems(400, 403, 404, 409, 429)
  async create(@Body() input: CreateHoldDto): Promise<HoldDto> {
    return toHoldDto(await this.writer.create(toNewHold(input)));
  }

  @Get()
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'listHolds',
    summary: 'List open holds',
    description: `The list has the open holds that the caller may use. ${OF_CREATOR}`,
  })
  @ApiPage([HoldDto], 'The open holds, by `id`.')
  @ApiProblems(400)
  async list(
    @Query() query: PageDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HoldDto[]> {
    const { after, limit } = toHoldPage(query);
    return linkNextPage(request, reply, await this.holds.list(after, limit)).map(toHoldDto);
  }

  @Get(idPath(ID))
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'getHold',
    summary: 'Read a hold',
    description: `The service keeps a hold for ${DAYS_OF_ENDED_HOLD} days after \`expires_at\`. ${OF_CREATOR}`,
  })
  @ApiOkResponse({ description: 'The hold.', type: HoldDto })
  @ApiProblems(400, 404)
  async get(@PathId(ID) id: number): Promise<HoldDto> {
    return toHoldDto(await this.holds.get(id));
  }

  @Post(idPath(ID, 'extend'))
  @HttpCode(200)
  @Idempotent<HoldsController>({ replay: async (controller, id) => controller.get(id) })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'extendHold',
    summary: 'Let a hold last longer',
    description: `The hold lasts for \`expires_in\` from now, by default ${DEFAULT_HOLD_SECONDS} seconds. After its end, the response is 410 \`hold_expired\`; after its confirmation, 409 \`hold_confirmed\`. ${OF_CREATOR}`,
  })
  @ApiBody({ type: ExtendHoldDto, required: false })
  @ApiOkResponse({ description: 'The hold after the change.', type: HoldDto })
  @ApiProblems(400, 404, 409, 410)
  async extend(@PathId(ID) id: number, @Body() input: ExtendHoldDto): Promise<HoldDto> {
    return toHoldDto(await this.writer.extend(id, input.expires_in ?? DEFAULT_HOLD_SECONDS));
  }

  @Post(idPath(ID, 'confirm'))
  @Idempotent<HoldsController>({
    replay: async (controller, id, { query }) => controller.getConfirmed(id, query),
  })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'confirmHold',
    summary: 'Make an event of a hold',
    description:
      'The service creates the event as `createEvent` does, and ends the hold, or does nothing. The hold is in no conflict with its event. The organizer is a user of the hold or its creator. ' +
      `A hold is confirmed once: a further request gets the same event (200), also after \`expires_at\`. If the hold expired before, the response is 410 \`hold_expired\`. ${OF_CREATOR}`,
  })
  @Created(
    '/events/1',
    { description: 'The event.', type: BookedEventDto },
    ({ id }) => `/events/${String(id)}`,
  )
  @ApiOkResponse({
    description: 'The event that an earlier request made of the hold.',
    schema: oneOf(BookedEventDto, BookedPrivateEventDto),
  })
  @ApiProblems(400, 403, 404, 409, 410, 429)
  async confirm(
    @PathId(ID) id: number,
    @Query() { max_attendees: maxAttendees }: MaxAttendeesDto,
    @Body() input: ConfirmHoldDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BookedEventDto | BookedPrivateEventDto> {
    const { created, event } = await this.confirmation.confirm(id, (hold) => toEventOfHold(input, hold));
    if (!created) void reply.status(200);
    return toBookedEventDto(event, maxAttendees);
  }

  @Delete(idPath(ID))
  @HttpCode(204)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'deleteHold',
    summary: 'End a hold',
    description: `The time is free at once. The event of a confirmed hold stays. ${OF_CREATOR}`,
  })
  @ApiNoContentResponse({ description: 'The hold is deleted.' })
  @ApiProblems(400, 404)
  async delete(@PathId(ID) id: number): Promise<void> {
    await this.writer.delete(id);
  }

  /** The response to a repeat of the request that made the event. */
  async getConfirmed(
    eventId: number,
    { max_attendees: given }: Readonly<Record<string, unknown>>,
  ): Promise<BookedEventDto | BookedPrivateEventDto> {
    return toBookedEventDto(
      await this.events.seeCreated(eventId),
      given === undefined ? undefined : Number(given),
    );
  }
}
