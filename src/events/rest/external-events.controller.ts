import { Body, Controller, Get, Put, Query, UseInterceptors } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { CreatedOrReplaced } from '../../http/created/created-or-replaced.js';
import { oneOf } from '../../http/document/one-of.js';
import {
  EXTERNAL_ID_PARAM,
  ExternalIdInPath,
  expectSameExternalId,
} from '../../http/fields/external-id-in-path.js';
import { PutConditions } from '../../http/precondition/put-conditions.js';
import { VersionTagInterceptor } from '../../http/precondition/version-tag.interceptor.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import type { PutCondition, PutResult } from '../../platform/put/put-condition.js';
import { ExternalEventsService } from '../write/replacement/external-events.service.js';
import { BookedEventDto, BookedPrivateEventDto } from './dto/booked-event.dto.js';
import { CreateEventDto } from './dto/create-event.dto.js';
import { EventDto } from './dto/event.dto.js';
import { MaxAttendeesDto } from './dto/max-attendees.dto.js';
import { PrivateEventDto } from './dto/private-event.dto.js';
import { toBookedEventDto, toSeenEventDto } from './event.mapper.js';
import { toNewEvent } from './event-command.mapper.js';
import { EVENT_FIELDS } from './event-fields.js';

const SEEN_EVENT = oneOf(EventDto, PrivateEventDto);
const BOOKED_EVENT = oneOf(BookedEventDto, BookedPrivateEventDto);

const FOR_PRODUCTS =
  'Only an API key, also with `Act-As-User`, and with `AUTH_MODE=optional` a request without a token may use this path (403 `key_required`).';

@ApiTags('events')
@ApiExtraModels(EventDto, PrivateEventDto, BookedEventDto, BookedPrivateEventDto)
@UseInterceptors(VersionTagInterceptor, new WireNamesInterceptor(EVENT_FIELDS))
@Controller('events/by-external-id')
export class ExternalEventsController {
  constructor(private readonly events: ExternalEventsService) {}

  @Put(`:${EXTERNAL_ID_PARAM}`)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'setEventByExternalId',
    summary: "Create or replace an event by the product's own id",
    description:
      'If no event has the id, the service creates one as `createEvent` does (201). Otherwise the request sets every field of a creation, and an absent field gets its default (200). ' +
      'Attendees who stay keep their invites and answers. Changed and deleted occurrences stay, as in `updateEvent`, and so do `exdates` if the request names none. The `status` stays, so a cancelled event stays cancelled. ' +
      'A request that changes nothing makes no new version. The body may omit `external_id`; a different one is a 400. ' +
      '`organizer_user_id` sets the organizer, also back to an earlier one. The previous organizer stays as an attendee, who has accepted, only if `invited_user_ids` names them. With `Act-As-User`, the new organizer must be an attendee who has accepted (409 `organizer_must_accept`). ' +
      'After a change of an occurrence with `scope=following`, the external id belongs to the earlier part of the series. ' +
      'The event remembers this cut. A later request sets the schedule as far as the cut, so an equal request changes nothing, and occurrences from the cut on stay deleted or in the later event. ' +
      'The cut moves with the series. It ends if a `PATCH` names `repeat` so that the series has an occurrence at the cut or later again, or if the request moves the start by more than twelve hours and has no occurrence before the cut: the request then describes another series. ' +
      'A deletion from the first occurrence on deletes the event, and the next request creates another. ' +
      FOR_PRODUCTS,
  })
  @CreatedOrReplaced(
    '/events/by-external-id/case-42',
    { description: 'The created event.', schema: BOOKED_EVENT },
    {
      description: 'The event after the change, or as it is if the request changes nothing.',
      schema: BOOKED_EVENT,
    },
  )
  @ApiProblems(400, 403, 404, 409, 429)
  async put(
    @ExternalIdInPath() externalId: string,
    @Query() { max_attendees: maxAttendees }: MaxAttendeesDto,
    @Body() input: CreateEventDto,
    @PutConditions({ versioned: true }) condition: PutCondition,
  ): Promise<PutResult<BookedEventDto | BookedPrivateEventDto>> {
    expectSameExternalId(externalId, input.external_id);
    const { created, value } = await this.events.put({ ...toNewEvent(input), externalId }, condition);
    return { created, value: toBookedEventDto(value, maxAttendees) };
  }

  @Get(`:${EXTERNAL_ID_PARAM}`)
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'getEventByExternalId',
    summary: "Read an event by the product's own id",
    description:
      'A caller who does not see the external id of the event gets the 404 of an unknown one. ' +
      FOR_PRODUCTS,
  })
  @ApiOkResponse({ description: 'The event, as `getEvent` shows it.', schema: SEEN_EVENT })
  @ApiProblems(400, 404)
  async get(
    @ExternalIdInPath() externalId: string,
    @Query() { max_attendees: maxAttendees }: MaxAttendeesDto,
  ): Promise<EventDto | PrivateEventDto> {
    return toSeenEventDto(await this.events.see(externalId), maxAttendees);
  }
}
