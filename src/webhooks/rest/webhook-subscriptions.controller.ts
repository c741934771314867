import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
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
import { Access } from '../../access/access.decorator.js';
import { Created } from '../../http/created/created.decorator.js';
import { idPath, PathId } from '../../http/fields/path-id.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { PageDto } from '../../http/page/page.dto.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { MAX_SUBSCRIPTIONS_OF_TENANT, MAX_SUBSCRIPTIONS_OF_USER } from '../model/subscription-record.js';
import { SubscriptionsService } from '../read/subscriptions.service.js';
import { SubscriptionWriter } from '../write/subscription-writer.service.js';
import {
  CreateWebhookSubscriptionDto,
  UpdateWebhookSubscriptionDto,
  WebhookSubscriptionDto,
  WebhookSubscriptionWithSecretDto,
} from './webhook-subscription.dto.js';
import {
  SUBSCRIPTION_FIELDS,
  toNewSubscription,
  toSubscriptionDto,
  toSubscriptionPage,
  toSubscriptionWithSecretDto,
} from './webhook-subscription.mapper.js';

const ID = 'webhook_subscription_id';

@ApiTags('webhooks')
@Access('caller', 'webhooks.write')
@UseInterceptors(new WireNamesInterceptor(SUBSCRIPTION_FIELDS))
@Controller('webhook-subscriptions')
export class WebhookSubscriptionsController {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly writer: SubscriptionWriter,
  ) {}

  @Post()
  @Idempotent({ secret: true })
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'createWebhookSubscription',
    summary: 'Subscribe to changes',
    description:
      'The service calls the URL for each change of the `types`, by Standard Webhooks (https://www.standardwebhooks.com). With `user_id`: the changes of events that the user attends, or no longer attends by that change. With `calendar_id`: the same for events in that calendar. Only the user, or an API key that acts as itself, may do so (403 `forbidden`, `reauthentication_required`). Without both: all changes of the tenant; only an API key may do so (403 `key_required`). The tenant owns this subscription and sees everything. So a key with the scope `webhooks.write` receives all events of its tenant through a subscription, private ones too, and needs no other scope for this. ' +
      `A user has at most ${MAX_SUBSCRIPTIONS_OF_USER} subscriptions, and a tenant at most ${MAX_SUBSCRIPTIONS_OF_TENANT} of its own (409 \`too_many_subscriptions\`).`,
  })
  @Created('/webhook-subscriptions/1', {
    description: 'The subscription, with its secret.',
    type: WebhookSubscriptionWithSecretDto,
  })
  @ApiProblems(400, 403, 404, 409)
  async create(@Body() input: CreateWebhookSubscriptionDto): Promise<WebhookSubscriptionWithSecretDto> {
    return toSubscriptionWithSecretDto(await this.writer.create(toNewSubscription(input)));
  }

  @Get()
  @ApiOperation({
    operationId: 'listWebhookSubscriptions',
    summary: 'List webhook subscriptions',
    description: 'An API key lists all subscriptions of its tenant, and a person their own.',
  })
  @ApiPage([WebhookSubscriptionDto], 'The subscriptions, by `id`.')
  @ApiProblems(400)
  async list(
    @Query() query: PageDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookSubscriptionDto[]> {
    const page = await this.subscriptions.list(toSubscriptionPage(query));
    return linkNextPage(request, reply, page).map(toSubscriptionDto);
  }

  @Get(idPath(ID))
  @ApiOperation({
    operationId: 'getWebhookSubscription',
    summary: 'Get a webhook subscription',
    description: 'The response does not have the secret.',
  })
  @ApiOkResponse({ description: 'The subscription.', type: WebhookSubscriptionDto })
  @ApiProblems(400, 404)
  async get(@PathId(ID) id: number): Promise<WebhookSubscriptionDto> {
    return toSubscriptionDto(await this.subscriptions.get(id));
  }

  @Patch(idPath(ID))
  @ApiOperation({
    operationId: 'updateWebhookSubscription',
    summary: 'Disable a webhook subscription, or enable it again',
    description:
      'The service does not deliver the changes that happen while the subscription is disabled, and gives up the pending deliveries. After the subscription is enabled again, the first delivery that the service makes is `webhook.enabled` with `"missed": true`: the receiver has to synchronise. If its first attempt fails, later deliveries arrive before it. Their `previous_sequence` tells the receiver that one is missing. A subscription whose calendar is deleted cannot be enabled again (409 `calendar_deleted`).',
  })
  @ApiOkResponse({ description: 'The subscription after the change.', type: WebhookSubscriptionDto })
  @ApiProblems(400, 404, 409)
  async update(
    @PathId(ID) id: number,
    @Body() { status }: UpdateWebhookSubscriptionDto,
  ): Promise<WebhookSubscriptionDto> {
    return toSubscriptionDto(await this.writer.setStatus(id, status));
  }

  @Delete(idPath(ID))
  @HttpCode(204)
  @ApiOperation({
    operationId: 'deleteWebhookSubscription',
    summary: 'Delete a webhook subscription',
    description: 'The service gives up its pending deliveries.',
  })
  @ApiNoContentResponse({ description: 'The subscription is deleted.' })
  @ApiProblems(400, 404)
  async delete(@PathId(ID) id: number): Promise<void> {
    await this.writer.delete(id);
  }

  @Post(idPath(ID, 'rotate-secret'))
  @HttpCode(200)
  @Idempotent({ secret: true })
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'rotateWebhookSecret',
    summary: 'Give a webhook subscription another secret',
    description:
      'The present secret and the new one both sign for 24 hours. Then the new one alone signs. A secret that was the previous one before this request signs no more. An API key must act as itself (403 `reauthentication_required`).',
  })
  @ApiOkResponse({
    description: 'The subscription, with its new secret.',
    type: WebhookSubscriptionWithSecretDto,
  })
  @ApiProblems(400, 403, 404)
  async rotateSecret(@PathId(ID) id: number): Promise<WebhookSubscriptionWithSecretDto> {
    return toSubscriptionWithSecretDto(await this.writer.rotateSecret(id));
  }
}
