import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { idPath, PathId } from '../../http/fields/path-id.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { PageDto } from '../../http/page/page.dto.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { DeliveriesService } from '../read/deliveries.service.js';
import { RequestedDeliveries } from '../write/requested-deliveries.service.js';
import { DeliveryPathId } from './delivery-path-id.js';
import { WebhookDeliveryDto } from './webhook-delivery.dto.js';
import { toDeliveryDto, toDeliveryPage } from './webhook-delivery.mapper.js';

const ID = 'webhook_subscription_id';

const DISABLED = 'If the subscription is disabled, the response is 409 `subscription_disabled`.';

@ApiTags('webhooks')
@Access('caller', 'webhooks.write')
@Controller('webhook-subscriptions')
export class WebhookDeliveriesController {
  constructor(
    private readonly deliveries: DeliveriesService,
    private readonly requested: RequestedDeliveries,
  ) {}

  @Post(idPath(ID, 'test'))
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({
    operationId: 'testWebhookSubscription',
    summary: 'Send a test to a webhook subscription',
    description: `The service sends a delivery of the type \`webhook.test\`. ${DISABLED}`,
  })
  @ApiOkResponse({ description: 'The delivery.', type: WebhookDeliveryDto })
  @ApiProblems(400, 404, 409)
  async test(@PathId(ID) id: number): Promise<WebhookDeliveryDto> {
    return toDeliveryDto(await this.requested.test(id));
  }

  @Get(`${idPath(ID)}/deliveries`)
  @ApiOperation({
    operationId: 'listWebhookDeliveries',
    summary: 'List the deliveries of a webhook subscription',
    description: 'The service keeps a delivery for 30 days.',
  })
  @ApiPage([WebhookDeliveryDto], 'The deliveries, newest first.')
  @ApiProblems(400, 404)
  async list(
    @PathId(ID) id: number,
    @Query() query: PageDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookDeliveryDto[]> {
    return linkNextPage(request, reply, await this.deliveries.list(id, toDeliveryPage(query))).map(
      toDeliveryDto,
    );
  }

  @Post(`${idPath(ID)}/deliveries/${idPath('delivery_id', 'redeliver')}`)
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({
    operationId: 'redeliverWebhook',
    summary: 'Send a delivery again',
    description: `The service sends the delivery at once, with the same \`webhook-id\` and \`sequence\`, and with all attempts. A pending delivery does not wait for its next attempt. ${DISABLED}`,
  })
  @ApiOkResponse({ description: 'The delivery.', type: WebhookDeliveryDto })
  @ApiProblems(400, 404, 409)
  async redeliver(@PathId(ID) id: number, @DeliveryPathId() deliveryId: string): Promise<WebhookDeliveryDto> {
    return toDeliveryDto(await this.requested.redeliver(id, deliveryId));
  }
}
