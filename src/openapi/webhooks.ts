import type { OpenAPIObject } from '@nestjs/swagger';
import { WEBHOOK_TYPES, type WebhookType } from '../webhooks/model/webhook-type.js';
import type { SchemaObject } from './story/operations.js';

type Properties = NonNullable<SchemaObject['properties']>;

interface Described {
  readonly schema: string;
  readonly summary: string;
  readonly properties: Properties;
  readonly optional?: readonly string[];
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const INSTANT = '2022-09-06T14:16:47.878Z';

/** The event as the owner of the subscription sees it. */
const EVENT: Properties = {
  data: {
    description:
      'The event after the change, in the form of incremental lists; a deleted event as it was last. If the owner of the subscription does not see it in full at delivery, its id alone.',
    oneOf: [ref('SyncedEvent'), ref('RemovedEvent')],
    example: { id: 1, removed: true },
  },
};

const NOTHING: Properties = {
  data: { description: 'Nothing.', type: 'object', additionalProperties: false, example: {} },
};

const TYPES: Readonly<Record<WebhookType, Described>> = {
  'event.created': {
    schema: 'EventCreatedWebhook',
    summary: 'An event was created, also by the split of a series',
    properties: EVENT,
  },
  'event.updated': {
    schema: 'EventUpdatedWebhook',
    summary: 'An event, or one occurrence of it, was changed, cancelled or deleted',
    properties: {
      ...EVENT,
      changed_fields: {
        description:
          'The fields of the event that differ, of those that the owner could see before the change.',
        type: 'array',
        items: { type: 'string' },
        example: ['title'],
      },
      previous: {
        description:
          'The values of the changed fields before. Of `attendees` and `overrides`, those alone that the change removed or changed.',
        type: 'object',
        additionalProperties: true,
        example: { title: 'Planning' },
      },
      original_start: {
        description:
          'The original start of the only occurrence that the change is about. Absent: it is about the event.',
        type: 'string',
        example: '2022-09-12T14:16:47Z',
      },
    },
    optional: ['original_start'],
  },
  'event.deleted': { schema: 'EventDeletedWebhook', summary: 'An event was deleted', properties: EVENT },
  'invite.answered': {
    schema: 'InviteAnsweredWebhook',
    summary: 'An attendee answered an event, or one occurrence of it',
    properties: {
      ...EVENT,
      invite: {
        description:
          'The invite with the answer; null: the owner of the subscription does not see the event.',
        oneOf: [ref('Invite'), { type: 'null' }],
        example: null,
      },
    },
  },
  'reminder.fired': {
    schema: 'ReminderFiredWebhook',
    summary: 'A reminder of the user, or of a user of the tenant, fired',
    properties: {
      data: { ...(EVENT.data as SchemaObject), description: 'The event at delivery, as above.' },
      reminder: {
        description: 'The reminder.',
        type: 'object',
        additionalProperties: true,
        example: {
          notification_id: '88f00ecf-0f7d-5466-b98d-aa39a0db5424',
          user_id: 1,
          event_id: 1,
          original_start: '2022-09-12T14:16:47Z',
          minutes_before: 10,
          method: 'log',
          start: '2022-09-12T14:16:47Z',
          end: '2022-09-12T15:56:47Z',
          due_at: '2022-09-12T14:06:47Z',
        },
      },
    },
  },
  'webhook.test': {
    schema: 'WebhookTestWebhook',
    summary: 'The delivery of `testWebhookSubscription`',
    properties: NOTHING,
  },
  'webhook.enabled': {
    schema: 'WebhookEnabledWebhook',
    summary: 'The subscription goes on after a gap: the receiver has to synchronise',
    properties: {
      ...NOTHING,
      missed: {
        description: 'True: there may be changes without a delivery.',
        type: 'boolean',
        example: true,
      },
    },
  },
};

const HEADERS = {
  'webhook-id': ['The id of the delivery, the same in each attempt.', 'msg_1_1_l7q9zbwm'],
  'webhook-timestamp': ['The time of the attempt, in seconds since 1970.', '1662473807'],
  'webhook-signature': [
    'The signatures with each secret of the subscription, with a space between them: `v1,` and the base64 of the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`.',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ],
} as const;

/** Describes the requests that the service sends to the receivers of webhooks. */
export function describeWebhooks(document: OpenAPIObject): void {
  const webhooks: Record<string, object> = {};
  for (const type of WEBHOOK_TYPES) {
    const described = TYPES[type];
    const schemas = document.components?.schemas;
    if (schemas) schemas[described.schema] = schemaOf(type, described);
    webhooks[type] = {
      post: {
        operationId: described.schema.replace('Webhook', 'Delivery'),
        summary: described.summary,
        parameters: Object.entries(HEADERS).map(([name, [description, example]]) => ({
          name,
          in: 'header',
          required: true,
          description,
          schema: { type: 'string' },
          example,
        })),
        requestBody: {
          required: true,
          content: { 'application/json': { schema: ref(described.schema) } },
        },
        responses: {
          '2XX': { description: 'The receiver has the delivery.' },
          '410': { description: 'The receiver is gone. The service disables the subscription.' },
        },
        security: [],
      },
    };
  }
  Object.assign(document, { webhooks });
}

function schemaOf(type: WebhookType, { summary, properties, optional = [] }: Described): SchemaObject {
  const all: Properties = {
    type: { description: 'The type of the delivery.', type: 'string', enum: [type], example: type },
    timestamp: {
      description: 'The time of the change, or of the delivery if there was none.',
      type: 'string',
      format: 'date-time',
      example: INSTANT,
    },
    sequence: {
      description: 'The number of the delivery in its subscription, from 1, without a gap.',
      type: 'integer',
      example: 1,
    },
    previous_sequence: {
      description:
        'The number of the delivery that was made before, which may arrive later; null: this is the first one.',
      type: ['integer', 'null'] as unknown as string,
      example: null,
    },
    ...properties,
  };
  return {
    type: 'object',
    description: `${summary}: the body of a webhook.`,
    properties: all,
    required: Object.keys(all).filter((name) => !optional.includes(name)),
  };
}
