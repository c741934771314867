import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { MessageStatus } from '../model/outbox-message.js';

/** A message that the service sends over the network, and the state of its delivery. */
@Entity('outbox_messages')
@Unique('outbox_messages_key', ['tenantId', 'topic', 'key'])
@Index('outbox_messages_lane_idx', ['topic', 'lane', 'nextAttemptAt', 'id'], {
  where: `status = 'pending' AND lane <> ''`,
})
@Index('outbox_messages_next_attempt_at_idx', ['topic', 'nextAttemptAt'], {
  where: `status = 'pending' AND next_attempt_at IS NOT NULL`,
})
@Index('outbox_messages_group_idx', ['tenantId', 'topic', 'groupKey', 'id'], {
  where: `status = 'pending' AND group_key IS NOT NULL`,
})
@Index('outbox_messages_ended_at_idx', ['topic', 'endedAt'], { where: `status <> 'pending'` })
@Check('outbox_messages_status', `"status" IN ('pending', 'delivered', 'failed')`)
@Check('outbox_messages_lane', `"lane" <> ''`)
@Check('outbox_messages_next_attempt_at', `("next_attempt_at" IS NOT NULL) = ("status" = 'pending')`)
@Check('outbox_messages_leased_until', `"leased_until" IS NULL OR "status" = 'pending'`)
@Check('outbox_messages_ended_at', `("ended_at" IS NULL) = ("status" = 'pending')`)
export class OutboxMessageRow {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'outbox_messages_pkey' })
  tenantId!: number;

  /** Messages of one group are sent in this order. */
  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'outbox_messages_pkey',
  })
  id!: string;

  @Column('text')
  topic!: string;

  @Column('text')
  key!: string;

  /** The messages that are sent in order; null: the message has no order. */
  @Column('text', { name: 'group_key', nullable: true })
  groupKey!: string | null;

  @Column('text')
  lane!: string;

  @Column('text', { name: 'second_lane', nullable: true })
  secondLane!: string | null;

  @Column('jsonb')
  payload!: unknown;

  @Column('text', { default: 'pending' })
  status!: MessageStatus;

  @Column('integer', { default: 0 })
  attempts!: number;

  /** When the next attempt is due. During an attempt, the end of its lease. */
  @Column({ name: 'next_attempt_at', type: 'timestamptz', precision: 3, nullable: true })
  nextAttemptAt!: Date | null;

  /** Until when an instance has the message to itself; null: no attempt is under way. */
  @Column({ name: 'leased_until', type: 'timestamptz', precision: 3, nullable: true })
  leasedUntil!: Date | null;

  /** The HTTP status of the last attempt; null: there was none. */
  @Column('integer', { name: 'last_status_code', nullable: true })
  lastStatusCode!: number | null;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', precision: 3, nullable: true })
  endedAt!: Date | null;
}
