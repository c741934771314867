import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Patch,
  Post,
  Query,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExtraModels, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { renderedCalendar } from '../../http/body/rendered-calendar.js';
import { Created } from '../../http/created/created.decorator.js';
import { oneOf } from '../../http/document/one-of.js';
import { PathId } from '../../http/fields/path-id.js';
import { IfMatch } from '../../http/precondition/if-match.js';
import { VersionTagInterceptor } from '../../http/precondition/version-tag.interceptor.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { CALENDAR_TYPE } from '../../http/routing/accepted-type.js';
import { prefersToJson } from '../../http/values/media-types.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { Precondition } from '../../platform/precondition.js';
import { EventFile } from '../export/event-file.js';
import { EventsService } from '../read/events.service.js';
import { EventWriter } from '../write/event-writer.js';
import { MAX_OPEN_INVITATIONS } from '../write/invitation-limit.service.js';
import { MAX_OVERLAPPING_OCCURRENCES } from '../write/limits/overlap-limit.js';
import { BookedEventDto, BookedPrivateEventDto } from './dto/booked-event.dto.js';
import { CreateEventDto } from './dto/create-event.dto.js';
import { EventDto } from './dto/event.dto.js';
import { MaxAttendeesDto } from './dto/max-attendees.dto.js';
import { PrivateEventDto } from './dto/private-event.dto.js';
import { UpdateEventDto } from './dto/update-event.dto.js';
import { toBookedEventDto, toCreatedEventDto, toSeenEventDto } from './event.mapper.js';
import { toEventPatch, toNewEvent } from './event-command.mapper.js';
import { EVENT_FIELDS } from './event-fields.js';

const SEEN_EVENT = oneOf(EventDto, PrivateEventDto);
const BOOKED_EVENT = oneOf(BookedEventDto, BookedPrivateEventDto);

@ApiTags('events')
@ApiExtraModels(EventDto, PrivateEventDto, BookedEventDto, BookedPrivateEventDto)
@UseInterceptors(VersionTagInterceptor, new WireNamesInterceptor(EVENT_FIELDS))
@Controller('events')
export class EventsController {
  constructor(
    private readonly events: EventsService,
    private readonly writer: EventWriter,
    private readonly files: EventFile,
  ) {}

  @Post()
  @Idempotent<EventsController>({
    replay: async (controller, id, { query }) => controller.getCreated(id, query),
  })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'createEvent',
    summary: 'Create an event and invite users to it',
    description:
      'The service creates the event with all its invites, or nothing. `conflict_policy` decides what happens if an attendee is already busy. ' +
      `If more than ${MAX_OVERLAPPING_OCCURRENCES} occurrences of a series overlap, the service refuses it with ` +
      '`too_many_overlapping_occurrences`. ' +
      `429 \`too_many_invitations\`: after the request, more than ${MAX_OPEN_INVITATIONS} invitations of the organizer would be unanswered. The service counts only invitations to events that have not ended, and only those of users with whom the organizer has no accepted event. A request without a token has no such limit.`,
  })
  @Created('/events/1', {
    description:
      'The event. The response to a repeat without a token is a `BookedRedactedEvent` if the event is private and has ' +
      'changed since.',
    type: BookedEventDto,
  })
  @ApiProblems(400, 403, 404, 409, 429)
  async create(
    @Query() { max_attendees: maxAttendees }: MaxAttendeesDto,
    @Body() input: CreateEventDto,
  ): Promise<BookedEventDto> {
    return toCreatedEventDto(await this.writer.create(toNewEvent(input)), maxAttendees);
  }

  @Get(':event_id')
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'getEvent',
    summary: 'Read an event',
    description:
      'The response has the attendees and the recurrence. `GET …/occurrences` lists the occurrences. With `Accept: text/calendar`, the response is a file of iCalendar (RFC 5545).',
  })
  @ApiOkResponse({
    description: 'The event. Users who do not attend a private event see only its times.',
    schema: SEEN_EVENT,
  })
  @ApiProblems(400, 404)
  async get(
    @PathId('event_id') id: number,
    @Query() { max_attendees: maxAttendees }: MaxAttendeesDto,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventDto | PrivateEventDto | Buffer> {
    reply.header('vary', 'accept');
    return prefersToJson(accept, CALENDAR_TYPE)
      ? renderedCalendar(reply, await this.files.ofEvent(id))
      : toSeenEventDto(await this.events.see(id), maxAttendees);
  }

  /** The response to a repeat of the request that created the event. */
  async getCreated(
    id: number,
    { max_attendees: given }: Readonly<Record<string, unknown>>,
  ): Promise<BookedEventDto | BookedPrivateEventDto> {
    return toBookedEventDto(
      await this.events.seeCreated(id),
      given === undefined ? undefined : Number(given),
    );
  }

  @Patch(':event_id')
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'updateEvent',
    summary: 'Change an event, or a series as a whole',
    description:
      'If the event has each value that the request names, and the caller sees these values, the service writes nothing: the `version` stays, and no ' +
      'webhook is sent. If the time or the zone of a series changes, or an equal rule is written differently, overrides, `rdates`, ' +
      '`exdates` and answers follow their occurrence by its place in the series. If the rule is different, the service ' +
      'deletes overrides, `exdates` and answers whose original start no longer occurs. If `start_date` moves to a start that the rule does not yield and the request ' +
      'has no `repeat`, the service moves the rule, too, provided that each part concerned has one value; otherwise the ' +
      'response is 400 `start_off_rule`. A client can send the `repeat` of a response back unchanged. If `repeat` gives a series that was cut by `scope=following` occurrences at the cut or later again, `setEventByExternalId` no longer keeps the cut. If a change ' +
      `makes more than ${MAX_OVERLAPPING_OCCURRENCES} occurrences overlap, the service refuses it with ` +
      '`too_many_overlapping_occurrences`. If the start, the end or the location of an occurrence changes, the answers to it become `needs_action`, declines too, unless the request has `keep_answers: true`; a room decides again in any case. ' +
      'If a series becomes one event (`repeat: null`), the attendees of its first occurrence alone stay. If a user has declined and is invited again, the decline stays. ' +
      'A request with another `organizer_user_id` hands the event over. The previous organizer stays as an attendee who has accepted, also if ' +
      '`invited_user_ids` does not name them. The new organizer has no invite any more. Attendees who have not answered count as invited by the new organizer. ' +
      '429 `too_many_invitations`: see `createEvent`.',
  })
  @ApiOkResponse({ description: 'The event after the change.', schema: BOOKED_EVENT })
  @ApiProblems(400, 403, 404, 409, 429)
  async update(
    @PathId('event_id') id: number,
    @Query() { max_attendees: maxAttendees }: MaxAttendeesDto,
    @Body() input: UpdateEventDto,
    @IfMatch() precondition: Precondition,
  ): Promise<BookedEventDto | BookedPrivateEventDto> {
    return toBookedEventDto(await this.writer.patch(id, toEventPatch(input), precondition), maxAttendees);
  }

  @Delete(':event_id')
  @HttpCode(204)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'deleteEvent',
    summary: 'Delete an event, or a series as a whole',
    description: 'To keep the event in the calendars as cancelled, change its `status` instead.',
  })
  @ApiNoContentResponse({
    description: 'The service has deleted the event with its invites, overrides and answers.',
  })
  @ApiProblems(400, 403, 404)
  async delete(@PathId('event_id') id: number, @IfMatch() precondition: Precondition): Promise<void> {
    await this.writer.delete(id, precondition);
  }
}
