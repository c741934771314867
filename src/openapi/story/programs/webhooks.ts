import { DomainError, invalidInput } from '../../../errors/domain-error.js';
import { absentInField, absentInPath, forbidden } from '../steps/refusals.js';
import type { Chapter } from '../steps/step.js';

const AT = '2022-09-06T14:16:47.878Z';

const OVERLAP_ENDS_AT = '2022-09-07T14:16:47.878Z';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';

const SUBSCRIPTION = {
  id: 1,
  url: 'https://example.com/calendar',
  types: ['event.created', 'event.updated', 'event.deleted', 'invite.answered'],
  user_id: 1,
  calendar_id: null,
  status: 'active',
  disabled_reason: null,
  failing_since: null,
  previous_secret_expires_at: null,
  created_by_key_id: null,
  created_at: AT,
  updated_at: AT,
};

const DELIVERY = {
  id: 'msg_1_1_l7q9zbwm',
  type: 'webhook.test',
  sequence: 1,
  event_id: null,
  status: 'pending',
  attempts: 0,
  last_status_code: null,
  last_error: null,
  next_attempt_at: AT,
  created_at: AT,
  ended_at: null,
};

const PATH = { webhook_subscription_id: 1 };

const ABSENT = absentInPath('webhook subscription');

const BAD_PAGE = invalidInput({ field: 'limit', message: 'must be an integer from 1 to 1000' });

const DISABLED = new DomainError(
  'conflict',
  'subscription_disabled',
  'The webhook subscription is disabled. Enable it first.',
);

/** A subscription to the events of user 1, from its creation to its deletion. */
export const WEBHOOKS_CHAPTER: Chapter = {
  createWebhookSubscription: {
    problems: {
      400: invalidInput({ field: 'types', message: 'is required' }),
      403: forbidden('Only the user, or an API key, may subscribe to the changes of a user.'),
      404: absentInField('user_id', 'user'),
      409: new DomainError(
        'conflict',
        'too_many_subscriptions',
        'A user has at most 20 webhook subscriptions.',
      ),
    },
    requests: {
      user: {
        summary: 'The changes of the events of a user',
        value: { url: SUBSCRIPTION.url, types: SUBSCRIPTION.types, user_id: 1 },
      },
    },
    response: { ...SUBSCRIPTION, secret: SECRET },
  },
  listWebhookSubscriptions: { response: [SUBSCRIPTION], problems: { 400: BAD_PAGE } },
  testWebhookSubscription: {
    parameters: PATH,
    response: DELIVERY,
    problems: { 404: ABSENT, 409: DISABLED },
  },
  listWebhookDeliveries: {
    parameters: PATH,
    response: [DELIVERY],
    problems: { 400: BAD_PAGE, 404: ABSENT },
  },
  redeliverWebhook: {
    parameters: { ...PATH, delivery_id: DELIVERY.id },
    response: DELIVERY,
    problems: {
      404: absentInPath('webhook delivery'),
      409: DISABLED,
    },
  },
  rotateWebhookSecret: {
    parameters: PATH,
    response: { ...SUBSCRIPTION, previous_secret_expires_at: OVERLAP_ENDS_AT, secret: SECRET },
    problems: { 404: ABSENT },
  },
  getWebhookSubscription: {
    parameters: PATH,
    response: { ...SUBSCRIPTION, previous_secret_expires_at: OVERLAP_ENDS_AT },
    problems: { 404: ABSENT },
  },
  updateWebhookSubscription: {
    parameters: PATH,
    requests: {
      disable: { summary: 'Stop the deliveries', value: { status: 'disabled' } },
      enable: { summary: 'Start them again', value: { status: 'active' } },
    },
    response: {
      ...SUBSCRIPTION,
      status: 'disabled',
      disabled_reason: 'requested',
      previous_secret_expires_at: OVERLAP_ENDS_AT,
    },
    problems: {
      400: invalidInput({ field: 'status', message: 'must be one of active, disabled' }),
      404: ABSENT,
      409: new DomainError(
        'conflict',
        'calendar_deleted',
        'The webhook subscription stays disabled: its calendar 7 is deleted.',
      ),
    },
  },
  deleteWebhookSubscription: { parameters: PATH, problems: { 404: ABSENT } },
};
