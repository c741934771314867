import { Body, Controller, Delete, Get, HttpCode, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { OccurrenceQueryDto } from '../../events/rest/attendees/new-attendee.dto.js';
import { toWhen } from '../../events/rest/event-command.mapper.js';
import { EVENT_FIELDS } from '../../events/rest/event-fields.js';
import { EventWriter } from '../../events/write/event-writer.js';
import { AttendeeWriter } from '../../events/write/one-attendee/attendee-writer.js';
import { idPath, PathId } from '../../http/fields/path-id.js';
import { IfMatch } from '../../http/precondition/if-match.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { Precondition } from '../../platform/precondition.js';
import { InvitesService } from '../read/invites.service.js';
import { AnswerDto } from './answer.dto.js';
import { InviteDto } from './invite.dto.js';
import { toAnswer, toInviteDto } from './invite.mapper.js';

@ApiTags('invites')
@UseInterceptors(new WireNamesInterceptor(EVENT_FIELDS))
@Controller('event-invites')
export class InvitesController {
  constructor(
    private readonly invites: InvitesService,
    private readonly writer: EventWriter,
    private readonly attendees: AttendeeWriter,
  ) {}

  @Get(idPath('invite_id'))
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'getInvite',
    summary: 'Read an invite',
    description:
      'The invite has the answer to the whole event. The occurrences of the event have the answers to single occurrences.',
  })
  @ApiOkResponse({ description: 'The invite.', type: InviteDto })
  @ApiProblems(400, 404)
  async get(@PathId('invite_id') id: number): Promise<InviteDto> {
    return toInviteDto(await this.invites.get(id));
  }

  @Delete(idPath('invite_id'))
  @HttpCode(204)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'deleteInvite',
    summary: 'Remove a user or a guest from an event',
    description:
      "The organizer of the event, or a writer of the organizer's calendar, removes attendees; see `deleteAttendee`. With `original_start`, the attendee is removed from that occurrence alone.",
  })
  @ApiNoContentResponse({
    description: 'The attendee does not attend the event, or the occurrence, any more.',
  })
  @ApiProblems(400, 403, 404)
  async delete(
    @PathId('invite_id') id: number,
    @Query() { original_start: originalStart }: OccurrenceQueryDto,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    const at = originalStart === undefined ? undefined : toWhen('original_start', originalStart);
    await this.attendees.removeInvite(id, at, precondition);
  }

  /** The response to a repeated answer. */
  async getAnswered(id: number, answer: unknown): Promise<InviteDto> {
    return toInviteDto(await this.invites.answered(id, toAnswer(answer ?? {})));
  }

  @Post(idPath('invite_id', 'accept'))
  @Idempotent<InvitesController>({
    replay: async (controller, id, { body }) => controller.getAnswered(id, body),
  })
  @HttpCode(200)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'acceptInvite',
    summary: 'Accept an invite',
    description:
      'The last answer is valid. A repeat of the same answer changes nothing. 409 `time_taken`: the user has `double_booking` `reject`, and another event makes the user busy at that time.',
  })
  @ApiBody({ type: AnswerDto, required: false })
  @ApiOkResponse({ description: 'The invite with the answer.', type: InviteDto })
  @ApiProblems(400, 403, 404, 409)
  async accept(@PathId('invite_id') id: number, @Body() answer: AnswerDto): Promise<InviteDto> {
    return toInviteDto(await this.writer.answer({ inviteId: id, status: 'accepted', ...toAnswer(answer) }));
  }

  @Post(idPath('invite_id', 'decline'))
  @Idempotent<InvitesController>({
    replay: async (controller, id, { body }) => controller.getAnswered(id, body),
  })
  @HttpCode(200)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'declineInvite',
    summary: 'Decline an invite',
    description:
      'A declined event does not make the user busy, even if the organizer removes the user and invites the user again. The last answer is valid. A repeat of the same answer changes nothing.',
  })
  @ApiBody({ type: AnswerDto, required: false })
  @ApiOkResponse({ description: 'The invite with the answer.', type: InviteDto })
  @ApiProblems(400, 403, 404)
  async decline(@PathId('invite_id') id: number, @Body() answer: AnswerDto): Promise<InviteDto> {
    return toInviteDto(await this.writer.answer({ inviteId: id, status: 'declined', ...toAnswer(answer) }));
  }

  @Post(idPath('invite_id', 'tentative'))
  @Idempotent<InvitesController>({
    replay: async (controller, id, { body }) => controller.getAnswered(id, body),
  })
  @HttpCode(200)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'tentativelyAcceptInvite',
    summary: 'Accept an invite tentatively',
    description:
      'A request for free/busy or for a free interval decides whether the event makes the user busy. The last answer is valid. 409 `time_taken`: see `acceptInvite`.',
  })
  @ApiBody({ type: AnswerDto, required: false })
  @ApiOkResponse({ description: 'The invite with the answer.', type: InviteDto })
  @ApiProblems(400, 403, 404, 409)
  async tentative(@PathId('invite_id') id: number, @Body() answer: AnswerDto): Promise<InviteDto> {
    return toInviteDto(await this.writer.answer({ inviteId: id, status: 'tentative', ...toAnswer(answer) }));
  }
}
