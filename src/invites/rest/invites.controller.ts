import { Body, Controller, Get, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { WireNamesInterceptor } from '../../events/rest/wire-names.interceptor.js';
import { idPath, PathId } from '../../http/fields/path-id.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { InvitesService } from '../invites.service.js';
import { AnswerDto } from './answer.dto.js';
import { InviteDto } from './invite.dto.js';
import { toAnswer, toInviteDto } from './invite.mapper.js';

@ApiTags('invites')
@Access('caller')
@UseInterceptors(WireNamesInterceptor)
@Controller('event-invites')
export class InvitesController {
  constructor(private readonly invites: InvitesService) {}

  @Get(idPath('invite_id'))
  @ApiOperation({
    operationId: 'getInvite',
    summary: 'Read an invite',
    description: 'Its answer is the one to the series; those to single occurrences stand with the event.',
  })
  @ApiOkResponse({ description: 'The invite.', type: InviteDto })
  @ApiProblems(400, 404)
  async get(@PathId('invite_id') id: number): Promise<InviteDto> {
    return toInviteDto(await this.invites.get(id));
  }

  /** The invite as an answer to it answers. */
  async getAnswered(id: number, answer: unknown): Promise<InviteDto> {
    return toInviteDto(await this.invites.answered(id, toAnswer(answer ?? {})));
  }

  @Post(idPath('invite_id', 'accept'))
  @Idempotent<InvitesController>({
    replay: async (controller, id, { body }) => controller.getAnswered(id, body),
  })
  @HttpCode(200)
  @ApiOperation({
    operationId: 'acceptInvite',
    summary: 'Accept an invite',
    description:
      'The same answer again changes nothing; the last one stands. 409 `time_taken`: the user has `double_booking` `reject`, and another event takes the time.',
  })
  @ApiBody({ type: AnswerDto, required: false })
  @ApiOkResponse({ description: 'The invite as answered.', type: InviteDto })
  @ApiProblems(400, 403, 404, 409)
  async accept(@PathId('invite_id') id: number, @Body() answer: AnswerDto): Promise<InviteDto> {
    return toInviteDto(await this.invites.answer(id, { status: 'accepted', ...toAnswer(answer) }));
  }

  @Post(idPath('invite_id', 'decline'))
  @Idempotent<InvitesController>({
    replay: async (controller, id, { body }) => controller.getAnswered(id, body),
  })
  @HttpCode(200)
  @ApiOperation({
    operationId: 'declineInvite',
    summary: 'Decline an invite',
    description:
      'It takes up no more time, also if the organizer removes the user and invites the user to the event again. The same answer again changes nothing; the last one stands.',
  })
  @ApiBody({ type: AnswerDto, required: false })
  @ApiOkResponse({ description: 'The invite as answered.', type: InviteDto })
  @ApiProblems(400, 403, 404)
  async decline(@PathId('invite_id') id: number, @Body() answer: AnswerDto): Promise<InviteDto> {
    return toInviteDto(await this.invites.answer(id, { status: 'declined', ...toAnswer(answer) }));
  }

  @Post(idPath('invite_id', 'tentative'))
  @Idempotent<InvitesController>({
    replay: async (controller, id, { body }) => controller.getAnswered(id, body),
  })
  @HttpCode(200)
  @ApiOperation({
    operationId: 'tentativelyAcceptInvite',
    summary: 'Answer an invite with maybe',
    description:
      'Whether it takes up time is for who asks to say. The last answer stands. 409 `time_taken` as for `:accept`.',
  })
  @ApiBody({ type: AnswerDto, required: false })
  @ApiOkResponse({ description: 'The invite as answered.', type: InviteDto })
  @ApiProblems(400, 403, 404, 409)
  async tentative(@PathId('invite_id') id: number, @Body() answer: AnswerDto): Promise<InviteDto> {
    return toInviteDto(await this.invites.answer(id, { status: 'tentative', ...toAnswer(answer) }));
  }
}
