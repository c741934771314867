import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../../access/access.decorator.js';
import { UserPathId } from '../../../access/user-path-id.js';
import { renderedJson } from '../../../http/body/rendered-json.js';
import { ApiPage } from '../../../http/page/api-page.js';
import { linkNext } from '../../../http/page/link-next-page.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { IncrementalListService } from '../../read/changes/incremental-list.service.js';
import { EventListService } from '../../read/lists/event-list.service.js';
import { SYNC_TOKEN_HEADER, toIncrementalList } from '../changes/incremental-page.js';
import { RemovedEventDto, SyncedEventDto } from '../changes/synced-event.dto.js';
import { toIncrementalListQuery } from '../changes/synced-event.mapper.js';
import { ListedEventDto } from '../dto/event.dto.js';
import { ListEventsDto } from '../dto/list-events.dto.js';
import { ListedPrivateEventDto } from '../dto/private-event.dto.js';
import { toEventListQuery } from '../list-query.mapper.js';
import { renderPage } from '../lists/rendered-page.js';

@ApiTags('events')
@Access('caller', 'events.read')
@Controller('users/:user_id/events')
export class UserEventsController {
  constructor(
    private readonly list: EventListService,
    private readonly incremental: IncrementalListService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listUserEvents',
    summary: "List a user's events in a window",
    description:
      'The events that the user organizes or is invited to, by first occurrence. The list has only ' +
      'the first occurrence of a declined event. If the caller may see only the times of a private event, the list ' +
      'shows the event without an id, and omits it if the user declined it. If a window holds too many occurrences of an event, the list shows the ' +
      'first of them and sets `occurrences_truncated`; if a page would become too large, the page ends before `limit`. ' +
      'With `sync_token`, the list is incremental: it has whole events, also cancelled ones, with the occurrences that differ from their series, in pages; the last page has the header `Sync-Token`. With this token, a later list has the events that changed since. Deleted events, and events that the list or the caller has lost, come as `RemovedEvent`. An incremental list has only events that the caller sees in full. A token belongs to its list, its parameters and its caller (400 `sync_token_mismatch`). An API key needs the scope `changes.read` too. 410 `sync_token_expired`: the token is older than 30 days, torn, or from before a restore of the database or a change of a grant to the caller. The token of an anonymous caller also ends when a user without a password gets one or is deleted.',
  })
  @ApiPage(
    [ListedEventDto, ListedPrivateEventDto, SyncedEventDto, RemovedEventDto],
    'The events that overlap the window, or an incremental list.',
    SYNC_TOKEN_HEADER,
  )
  @ApiProblems(400, 404, 410)
  async get(
    @UserPathId() userId: number,
    @Query() query: ListEventsDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | (SyncedEventDto | RemovedEventDto)[]> {
    const incremental = toIncrementalListQuery(query);
    if (incremental) {
      const page = await this.incremental.ofUser(userId, incremental);
      return toIncrementalList(request, reply, page, { max: incremental.maxAttendees, first: userId });
    }
    const page = await this.list.ofUser(userId, toEventListQuery(query), (listed, owner) =>
      renderPage(listed, owner, query.max_attendees),
    );
    linkNext(request, reply, page.next);
    return renderedJson(reply, page.json());
  }
}
