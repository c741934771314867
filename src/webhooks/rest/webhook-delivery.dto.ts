import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../http/document/documented-as.js';
import type { MessageStatus } from '../../outbox/model/outbox-message.js';
import { WEBHOOK_TYPES, type WebhookType } from '../model/webhook-type.js';

const INSTANT = { format: 'date-time', example: '2022-09-06T14:16:47.878Z' } as const;

const NULLABLE_INSTANT = { type: 'string', nullable: true, ...INSTANT, example: null } as const;

@DocumentedAs('WebhookDelivery', 'A delivery of a webhook subscription, and its state.')
export class WebhookDeliveryDto {
  @ApiProperty({
    description: 'The id of the delivery: the `webhook-id` of each of its attempts.',
    example: 'msg_1_1_l7q9zbwm',
  })
  id!: string;

  @ApiProperty({ description: 'The type of the delivery.', enum: WEBHOOK_TYPES, example: 'webhook.test' })
  type!: WebhookType;

  @ApiProperty({
    description: 'The number of the delivery in its subscription, from 1.',
    type: 'integer',
    example: 1,
  })
  sequence!: number;

  @ApiProperty({
    description: 'The event that the delivery is about; null: none.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  event_id!: number | null;

  @ApiProperty({
    description:
      '`pending`: an attempt is to come. `delivered`: the receiver responded with a status of 200 to 299. `failed`: the service has given up.',
    enum: ['pending', 'delivered', 'failed'],
    example: 'pending',
  })
  status!: MessageStatus;

  @ApiProperty({ description: 'The number of attempts so far.', type: 'integer', example: 0 })
  attempts!: number;

  @ApiProperty({
    description: 'The HTTP status of the last attempt; null: the receiver sent none.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  last_status_code!: number | null;

  @ApiProperty({
    description: 'The reason why the last attempt failed; null: it did not, or there was none.',
    type: 'string',
    nullable: true,
    example: null,
  })
  last_error!: string | null;

  @ApiProperty({ description: 'When the next attempt is due; null: none is to come.', ...NULLABLE_INSTANT })
  next_attempt_at!: string | null;

  @ApiProperty({ description: 'When the service made the delivery.', ...INSTANT })
  created_at!: string;

  @ApiProperty({ description: 'When the delivery ended; null: it is pending.', ...NULLABLE_INSTANT })
  ended_at!: string | null;
}
