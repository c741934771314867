import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Patch,
  Post,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../../access/access.decorator.js';
import { Created } from '../../../http/created/created.decorator.js';
import { PathId } from '../../../http/fields/path-id.js';
import { ApiPage } from '../../../http/page/api-page.js';
import { linkNextPage } from '../../../http/page/link-next-page.js';
import { PageDto } from '../../../http/page/page.dto.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../../idempotency/idempotent.decorator.js';
import { MAX_GRANTS_OF_CALENDAR } from '../../model/calendar-limits.js';
import { CalendarGrantsService } from '../../write/calendar-grants.service.js';
import { CreateGrantDto, GrantDto, UpdateGrantDto } from './grant.dto.js';
import { GRANT_FIELDS, toGrantDto, toGrantPage, toGrantPatch, toNewGrant } from './grant.mapper.js';

const BY_OWNERS =
  'Only the user of the calendar, a caller with the role `owner`, or an API key, may do so (403 `forbidden`). The change holds from the next request on.';

@ApiTags('grants')
@UseInterceptors(new WireNamesInterceptor(GRANT_FIELDS))
@Controller('calendars/:calendar_id/grants')
export class CalendarGrantsController {
  constructor(private readonly grants: CalendarGrantsService) {}

  @Post()
  @Idempotent<CalendarGrantsController>({
    replay: async (controller, id) => controller.getCreated(id),
  })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'createGrant',
    summary: 'Share a calendar with a user or with the tenant',
    description: `${BY_OWNERS} A second grant for one grantee is 409 \`grant_exists\`. A calendar has at most ${MAX_GRANTS_OF_CALENDAR} grants (409 \`too_many_grants\`).`,
  })
  @Created('/calendars/1/grants/2', { description: 'The grant.', type: GrantDto })
  @ApiProblems(400, 403, 404, 409)
  async create(@PathId('calendar_id') calendarId: number, @Body() input: CreateGrantDto): Promise<GrantDto> {
    return toGrantDto(await this.grants.create(calendarId, toNewGrant(input)));
  }

  @Get()
  @Access('caller', 'events.read')
  @ApiOperation({
    operationId: 'listGrants',
    summary: 'List the grants on a calendar',
    description:
      "The user of the calendar, a caller with the role `owner`, and API keys see all grants. Other callers see their own grant and the tenant's. A user's own grant wins over the tenant's, also if its role is `none`.",
  })
  @ApiPage([GrantDto], 'The grants, by `id`.')
  @ApiProblems(400, 404)
  async list(
    @PathId('calendar_id') calendarId: number,
    @Query() query: PageDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GrantDto[]> {
    const page = await this.grants.list(calendarId, toGrantPage(query));
    return linkNextPage(request, reply, page).map(toGrantDto);
  }

  @Patch(':grant_id')
  @Access('caller', 'events.write')
  @ApiOperation({ operationId: 'updateGrant', summary: 'Change a grant', description: BY_OWNERS })
  @ApiOkResponse({ description: 'The grant after the change.', type: GrantDto })
  @ApiProblems(400, 403, 404)
  async update(
    @PathId('calendar_id') calendarId: number,
    @PathId('grant_id') id: number,
    @Body() input: UpdateGrantDto,
  ): Promise<GrantDto> {
    return toGrantDto(await this.grants.update(calendarId, id, toGrantPatch(input)));
  }

  @Delete(':grant_id')
  @HttpCode(204)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'deleteGrant',
    summary: 'Delete a grant',
    description: `${BY_OWNERS} A grantee may delete their own grant, unless the tenant's grant, which then holds for the grantee, allows more.`,
  })
  @ApiNoContentResponse({ description: 'The grant is deleted.' })
  @ApiProblems(400, 403, 404)
  async delete(@PathId('calendar_id') calendarId: number, @PathId('grant_id') id: number): Promise<void> {
    await this.grants.delete(calendarId, id);
  }

  /** The response to a repeat of the request that created the grant. */
  async getCreated(id: number): Promise<GrantDto> {
    return toGrantDto(await this.grants.get(null, id));
  }
}
