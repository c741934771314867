import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { PathId } from '../common/fields/path-id.js';
import { ApiProblems } from '../common/problem/api-problems.js';
import { ANSWER_EXAMPLES, AnswerDto } from './dto/answer.dto.js';
import { InviteDto } from './dto/invite.dto.js';
import { toInviteDto } from './invite.mapper.js';
import { InvitesService } from './invites.service.js';

// In a path, Fastify needs the id's pattern to tell where it ends, and `::` for a colon.
@ApiTags('invites')
@Access('caller')
@Controller('event-invites')
export class InvitesController {
  constructor(private readonly invites: InvitesService) {}

  @Get(':invite_id')
  @ApiOperation({ operationId: 'getInvite', summary: 'Read an invite' })
  @ApiOkResponse({ description: 'The invite.', type: InviteDto })
  @ApiProblems(400, 404)
  async get(@PathId('invite_id') id: number): Promise<InviteDto> {
    return toInviteDto(await this.invites.get(id));
  }

  @Post(':invite_id(^\\d+)::accept')
  @HttpCode(200)
  @ApiOperation({ operationId: 'acceptInvite', summary: 'Accept an invite' })
  @ApiBody({ type: AnswerDto, required: false, examples: ANSWER_EXAMPLES })
  @ApiOkResponse({ description: 'The invite as answered.', type: InviteDto })
  @ApiProblems(400, 403, 404, 409)
  async accept(@PathId('invite_id') id: number, @Body() answer: AnswerDto): Promise<InviteDto> {
    return toInviteDto(await this.invites.answer(id, 'accepted', answer));
  }

  @Post(':invite_id(^\\d+)::decline')
  @HttpCode(200)
  @ApiOperation({ operationId: 'declineInvite', summary: 'Decline an invite' })
  @ApiBody({ type: AnswerDto, required: false, examples: ANSWER_EXAMPLES })
  @ApiOkResponse({ description: 'The invite as answered.', type: InviteDto })
  @ApiProblems(400, 403, 404)
  async decline(@PathId('invite_id') id: number, @Body() answer: AnswerDto): Promise<InviteDto> {
    return toInviteDto(await this.invites.answer(id, 'declined', answer));
  }

  @Post(':invite_id(^\\d+)::tentative')
  @HttpCode(200)
  @ApiOperation({ operationId: 'tentativelyAcceptInvite', summary: 'Answer an invite with maybe' })
  @ApiBody({ type: AnswerDto, required: false, examples: ANSWER_EXAMPLES })
  @ApiOkResponse({ description: 'The invite as answered.', type: InviteDto })
  @ApiProblems(400, 403, 404, 409)
  async tentative(@PathId('invite_id') id: number, @Body() answer: AnswerDto): Promise<InviteDto> {
    return toInviteDto(await this.invites.answer(id, 'tentative', answer));
  }
}
