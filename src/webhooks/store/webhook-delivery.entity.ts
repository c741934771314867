import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { WebhookType } from '../model/webhook-type.js';

/**
 * What a subscription gets: a row for each delivery. The body is made when the delivery is sent. The outbox has the state
 * of the delivery.
 */
@Entity('webhook_deliveries')
@Index('webhook_deliveries_created_at_idx', { synchronize: false })
export class WebhookDelivery {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'webhook_deliveries_pkey' })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'subscription_id', primaryKeyConstraintName: 'webhook_deliveries_pkey' })
  subscriptionId!: number;

  /** The number of the delivery in its subscription, from 1, without a gap. */
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'webhook_deliveries_pkey' })
  sequence!: string;

  @Column('text')
  type!: WebhookType;

  /** Null: the delivery is about no event. */
  @Column('integer', { name: 'event_id', nullable: true })
  eventId!: number | null;

  /** The change in the log; null: the delivery is about no change. */
  @Column('bigint', { name: 'change_sequence', nullable: true })
  changeSequence!: string | null;

  /** What the body has that neither the event nor the log gives; null: nothing. */
  @Column('jsonb', { nullable: true })
  details!: unknown;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}
