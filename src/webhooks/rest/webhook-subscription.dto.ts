import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ChoiceField } from '../../http/fields/choice-field.js';
import { IdField } from '../../http/fields/integer-field.js';
import { TextField } from '../../http/fields/text-field.js';
import { MAX_WEBHOOK_URL_LENGTH } from '../../users/model/reminder.js';
import {
  DISABLED_REASONS,
  type DisabledReason,
  SUBSCRIPTION_STATUSES,
  type SubscriptionStatus,
} from '../model/subscription-record.js';
import { SUBSCRIBED_TYPES, type SubscribedType } from '../model/webhook-type.js';
import { TypesField } from './types-field.js';

const URL_TEXT = 'The `http` or `https` URL that the service calls.';
const TYPES = 'The types of changes that the service sends to the URL.';
const STATUS = '`disabled`: the service sends nothing.';
const SHOWN_STATUS =
  '`disabled`: the service sends nothing, unless the `disabled_reason` is `calendar_deleted`.';
const INSTANT = { format: 'date-time', example: '2022-09-06T14:16:47.878Z' } as const;

@DocumentedAs('NewWebhookSubscription', 'A new webhook subscription.')
export class CreateWebhookSubscriptionDto {
  @TextField({
    description: `${URL_TEXT} Its host must be at a public address, unless the server has \`WEBHOOK_ALLOW_PRIVATE\`.`,
    example: 'https://hooks.example.com/calendar',
    max: MAX_WEBHOOK_URL_LENGTH,
  })
  url!: string;

  @TypesField({ description: TYPES, example: ['event.created', 'event.updated', 'event.deleted'] })
  types!: SubscribedType[];

  @IdField({
    description:
      'The user whose events the subscription is about: those that the user attends. Not with `calendar_id`.',
    example: 1,
    optional: true,
  })
  user_id?: number;

  @IdField({
    description: 'The calendar whose events the subscription is about. Not with `user_id`.',
    example: 1,
    optional: true,
  })
  calendar_id?: number;
}

@DocumentedAs('WebhookSubscriptionChanges', 'Changes of a webhook subscription.')
export class UpdateWebhookSubscriptionDto {
  @ChoiceField(SUBSCRIPTION_STATUSES, { description: STATUS, example: 'disabled' })
  status!: SubscriptionStatus;
}

@DocumentedAs('WebhookSubscription', 'A webhook subscription, without its secret.')
export class WebhookSubscriptionDto {
  @ApiProperty({ description: 'The id of the subscription.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ description: URL_TEXT, format: 'uri', example: 'https://hooks.example.com/calendar' })
  url!: string;

  @ApiProperty({ description: TYPES, enum: SUBSCRIBED_TYPES, isArray: true, example: ['event.created'] })
  types!: SubscribedType[];

  @ApiProperty({
    description:
      'The owner. A delivery contains what the owner may see. For a subscription to a calendar: the user of the calendar. Null: the tenant, which sees everything.',
    type: 'integer',
    nullable: true,
    example: 1,
  })
  user_id!: number | null;

  @ApiProperty({
    description: 'The calendar that the subscription is about, which may be deleted; null: no single one.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  calendar_id!: number | null;

  @ApiProperty({ description: SHOWN_STATUS, enum: SUBSCRIPTION_STATUSES, example: 'active' })
  status!: SubscriptionStatus;

  @ApiProperty({
    description:
      'Why the subscription is disabled. `requested`: a request disabled it. `gone`: the receiver responded with 410. `failing`: attempts failed for 5 days, and none succeeded. `calendar_deleted`: its calendar is deleted; the service still sends the deliveries of all changes before and by the deletion, and the subscription cannot be enabled again. Null: it is active.',
    enum: DISABLED_REASONS,
    type: 'string',
    nullable: true,
    example: null,
  })
  disabled_reason!: DisabledReason | null;

  @ApiProperty({
    description:
      'The first failed attempt since the last success; null: the last attempt succeeded, or there was none.',
    type: 'string',
    nullable: true,
    ...INSTANT,
    example: null,
  })
  failing_since!: string | null;

  @ApiProperty({
    description: 'Until when the previous secret signs too; null: it signs no more, or there is none.',
    type: 'string',
    nullable: true,
    ...INSTANT,
    example: null,
  })
  previous_secret_expires_at!: string | null;

  @ApiProperty({
    description:
      'The API key that made the subscription; null: none did. The subscription stays if the key is revoked.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  created_by_key_id!: number | null;

  @ApiProperty({ description: 'The time of the creation.', ...INSTANT })
  created_at!: string;

  @ApiProperty({ description: 'The time of the last change of its settings.', ...INSTANT })
  updated_at!: string;
}

@DocumentedAs('WebhookSubscriptionWithSecret', 'A webhook subscription with its new secret.')
export class WebhookSubscriptionWithSecretDto extends WebhookSubscriptionDto {
  @ApiProperty({
    description:
      'The secret that signs the deliveries: `whsec_` and the base64 of the key. Only this response has it.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  })
  secret!: string;
}
