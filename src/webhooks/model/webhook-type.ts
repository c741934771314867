/** The types that a subscription may name. */
export const SUBSCRIBED_TYPES = [
  'event.created',
  'event.updated',
  'event.deleted',
  'invite.answered',
  'reminder.fired',
] as const;

export type SubscribedType = (typeof SUBSCRIBED_TYPES)[number];

/** The types that every subscription receives: the answer to `:test`, and the first delivery that is made after a gap. */
const SERVICE_TYPES = ['webhook.test', 'webhook.enabled'] as const;

export const WEBHOOK_TYPES = [...SUBSCRIBED_TYPES, ...SERVICE_TYPES] as const;

export type WebhookType = (typeof WEBHOOK_TYPES)[number];
