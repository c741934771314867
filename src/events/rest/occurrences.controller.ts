import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { MAX_OCCURRENCES } from '../../calendar/recurrence/series/recurrence-set.js';
import { oneOf } from '../../http/document/one-of.js';
import { PathId } from '../../http/fields/path-id.js';
import { MAX_WHEN_LENGTH } from '../../http/fields/when-field.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { IfMatch } from '../../http/precondition/if-match.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Precondition } from '../../platform/precondition.js';
import { OccurrenceListService } from '../read/lists/occurrence-list.service.js';
import { EventWriter } from '../write/event-writer.js';
import { MAX_OVERLAPPING_OCCURRENCES } from '../write/limits/overlap-limit.js';
import { MAX_CHANGED_OCCURRENCES } from '../write/occurrence-change.js';
import { BookedOccurrenceDto, BookedPrivateOccurrenceDto } from './dto/booked-event.dto.js';
import { ListOccurrencesDto } from './dto/list-occurrences.dto.js';
import { EventOccurrenceDto, ScopeDto, UpdateOccurrenceQueryDto } from './dto/occurrence.dto.js';
import { PrivateOccurrenceDto } from './dto/private-event.dto.js';
import { UpdateEventDto } from './dto/update-event.dto.js';
import { toEventPatch, toOccurrenceName } from './event-command.mapper.js';
import { EVENT_FIELDS } from './event-fields.js';
import { toOccurrenceListQuery } from './list-query.mapper.js';
import { toBookedOccurrenceDto, toEventOccurrenceDto } from './occurrence.mapper.js';

const ORIGINAL_START = {
  name: 'original_start',
  description:
    'The original start of the occurrence, as listed: an instant, or a date if the event is all-day.',
  schema: { type: 'string' as const, maxLength: MAX_WHEN_LENGTH, example: '2022-09-12T14:16:47Z' },
};

@ApiTags('occurrences')
@ApiExtraModels(BookedOccurrenceDto, BookedPrivateOccurrenceDto)
@UseInterceptors(new WireNamesInterceptor(EVENT_FIELDS))
@Controller('events/:event_id/occurrences')
export class OccurrencesController {
  constructor(
    private readonly occurrences: OccurrenceListService,
    private readonly writer: EventWriter,
  ) {}

  @Get()
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'listOccurrences',
    summary: 'List the occurrences of an event in a window',
    description:
      'The list has a moved occurrence at its new start; `original_start` identifies it. If a window has more than ' +
      `${MAX_OCCURRENCES} occurrences, the service refuses the request with \`too_many_occurrences\`.`,
  })
  @ApiPage(
    [EventOccurrenceDto, PrivateOccurrenceDto],
    'The occurrences that overlap the window, by start. The list has cancelled occurrences only with `show_cancelled`.',
  )
  @ApiProblems(400, 404)
  async list(
    @PathId('event_id') eventId: number,
    @Query() query: ListOccurrencesDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<(EventOccurrenceDto | PrivateOccurrenceDto)[]> {
    const { view, form, page } = await this.occurrences.ofEvent(eventId, toOccurrenceListQuery(query));
    return linkNextPage(request, reply, page).map((occurrence) =>
      toEventOccurrenceDto(view, occurrence, query.max_attendees, form),
    );
  }

  @Patch(':original_start')
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'updateOccurrence',
    summary: 'Change one occurrence, or it and all later ones',
    description:
      'The occurrence keeps each value that the request names, also one that the series has at present: a later change of the series does not change it. ' +
      'A request that changes nothing of the occurrence makes no new `version` of the event. ' +
      'With `scope=following` the service splits the series: a new event begins at the named occurrence. The new event ' +
      'has the answers, overrides and exdates of the later part, and the changes of the request. The fields that the request names change for the named ' +
      'occurrence, too; its other fields keep their override. Times of the request refer to the named occurrence. If ' +
      'the event does not repeat, the service changes the event itself. If the start, the end or the location of an occurrence changes, ' +
      'the answers to it become `needs_action`, declines too, unless the request has `keep_answers: true`; a room decides again in any case. `start_off_rule` (400): see `updateEvent`. ' +
      `A series has at most ${MAX_CHANGED_OCCURRENCES} overrides (\`too_many_changed_occurrences\`), and ` +
      `at most ${MAX_OVERLAPPING_OCCURRENCES} overlapping occurrences (\`too_many_overlapping_occurrences\`).`,
  })
  @ApiParam(ORIGINAL_START)
  @ApiOkResponse({
    description: 'The occurrence after the change; after a split, the occurrence of the new event.',
    schema: oneOf(BookedOccurrenceDto, BookedPrivateOccurrenceDto),
  })
  @ApiProblems(400, 403, 404, 409, 429)
  async update(
    @PathId('event_id') eventId: number,
    @Param('original_start') originalStart: string,
    @Query() { scope, max_attendees: maxAttendees }: UpdateOccurrenceQueryDto,
    @Body() input: UpdateEventDto,
    @IfMatch() precondition: Precondition,
  ): Promise<BookedOccurrenceDto | BookedPrivateOccurrenceDto> {
    const named = toOccurrenceName(originalStart, scope);
    return toBookedOccurrenceDto(
      await this.writer.patchOccurrence(eventId, { ...named, patch: toEventPatch(input) }, precondition),
      maxAttendees,
    );
  }

  @Delete(':original_start')
  @HttpCode(204)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'deleteOccurrence',
    summary: 'Cancel one occurrence, or it and all later ones',
    description:
      'The service deletes an event that does not repeat. If no occurrence is left, the service deletes the series. A series has at most ' +
      `${MAX_CHANGED_OCCURRENCES} changed or deleted occurrences (\`too_many_changed_occurrences\`).`,
  })
  @ApiParam(ORIGINAL_START)
  @ApiNoContentResponse({ description: 'The occurrence no longer takes place.' })
  @ApiProblems(400, 403, 404)
  async delete(
    @PathId('event_id') eventId: number,
    @Param('original_start') originalStart: string,
    @Query() { scope }: ScopeDto,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    await this.writer.deleteOccurrence(eventId, toOccurrenceName(originalStart, scope), precondition);
  }
}
