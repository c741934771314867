import { Controller, Get, Header, Req, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../access/access.decorator.js';
import { requireScopeOfCaller } from '../../../access/key-access.js';
import type { RequestWithActor } from '../../../access/request-with-actor.js';
import { AuthenticationService } from '../../../auth/identity/authentication.service.js';
import { MAX_PAGE_TOKEN_LENGTH } from '../../../http/page/page.dto.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { ChangeStreams } from '../../stream/change-streams.service.js';
import { HEARTBEAT_INTERVAL_MS } from '../../stream/open-stream.js';
import { MAX_STREAMS_OF_CALLER } from '../../stream/open-streams.js';
import { streamBody } from './stream-body.js';
import { toSyncedEventDto } from './synced-event.mapper.js';

const SCOPE = 'changes.read';
const CONTENT_TYPE = 'text/event-stream';

@ApiTags('changes')
// In a path, `::` is Fastify's literal colon.
@Controller('changes::stream')
export class ChangeStreamController {
  constructor(
    private readonly streams: ChangeStreams,
    private readonly authentication: AuthenticationService,
  ) {}

  @Get()
  @Access('identified', SCOPE)
  // Without these, a proxy would collect or compress the stream.
  @Header('Cache-Control', 'no-store, no-transform')
  @Header('X-Accel-Buffering', 'no')
  @ApiOperation({
    operationId: 'streamChanges',
    summary: 'Receive changes as they happen',
    description:
      'Server-Sent Events. An API key receives the changes of its tenant, as `listChanges` sends them; a user those of ' +
      '`/users/me/events` with a `sync_token`. Each message has the `event` `change`, one element of the list as JSON in `data`, and as `id` a ' +
      'sync token of that list: a client may continue with the stream or with the list. A change may come twice; `version` decides. ' +
      `The service sends a comment every ${HEARTBEAT_INTERVAL_MS / 1_000} s, whose \`id\` counts too, and ends the stream within 60 s of the end of the caller's token, key or rights. ` +
      `429 \`too_many_streams\`: the caller has ${MAX_STREAMS_OF_CALLER} open streams on this instance. 410 \`sync_token_expired\`: the service cannot continue from ` +
      '`Last-Event-ID`; read the list again. A browser reads the stream with `fetch`, since `EventSource` sends no `Authorization`.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The id from which to continue. Without it, the stream begins at present.',
    schema: { type: 'string', maxLength: MAX_PAGE_TOKEN_LENGTH, examples: ['eyJ0IjoxfQ'] },
  })
  @ApiOkResponse({
    description: 'The stream.',
    content: { [CONTENT_TYPE]: { schema: { type: 'string' } } },
  })
  @ApiProblems(400, 401, 403, 410, 429, 503)
  async get(@Req() request: RequestWithActor): Promise<StreamableFile> {
    // A copy, because the service verifies the token of a request once.
    const { authorization, 'act-as-user': actAsUser, 'last-event-id': lastEventId } = request.headers;
    const identify = async () => {
      const actor = await this.authentication.actorOf({ authorization, 'act-as-user': actAsUser });
      requireScopeOfCaller(actor, SCOPE);
      return actor;
    };
    const stream = await this.streams.begin(lastEventId?.toString() || null, identify);
    const { actor } = request;
    const selection = { max: null, first: actor?.kind === 'user' ? actor.userId : null };
    const body = streamBody(stream, (synced) => toSyncedEventDto(synced, selection));
    return new StreamableFile(body, { type: CONTENT_TYPE });
  }
}
