import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from '../../users/store/user.entity.js';
import type { DisabledReason, SubscriptionRecord, SubscriptionStatus } from '../model/subscription-record.js';
import type { SubscribedType } from '../model/webhook-type.js';

const TENANT_COLUMN = { name: 'tenant_id', referencedColumnName: 'tenantId' };
const USER_FKEY = 'webhook_subscriptions_user_id_fkey';

/** The webhooks that the service calls. */
@Entity('webhook_subscriptions')
@Index('webhook_subscriptions_user_id_idx', ['tenantId', 'userId'], { where: 'user_id IS NOT NULL' })
@Check('webhook_subscriptions_types', 'cardinality("types") > 0')
@Check('webhook_subscriptions_status', `"status" IN ('active', 'disabled')`)
@Check(
  'webhook_subscriptions_disabled_reason',
  `"disabled_reason" IN ('requested', 'gone', 'failing', 'calendar_deleted') AND "status" = 'disabled' OR "disabled_reason" IS NULL AND "status" = 'active'`,
)
@Check('webhook_subscriptions_calendar_id', '"calendar_id" IS NULL OR "user_id" IS NOT NULL')
@Check(
  'webhook_subscriptions_previous_secret',
  '("previous_secret" IS NULL) = ("previous_secret_ends_at" IS NULL)',
)
export class WebhookSubscription implements SubscriptionRecord {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'webhook_subscriptions_pkey' })
  tenantId!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'webhook_subscriptions_pkey',
  })
  id!: number;

  /** A foreign key alone. The relation names the entity, since `tenants/` stands above this module. */
  @ManyToOne('Tenant', { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'tenant_id', foreignKeyConstraintName: 'webhook_subscriptions_tenant_id_fkey' })
  tenant?: unknown;

  @Column('text')
  url!: string;

  @Column('text', { array: true })
  types!: SubscribedType[];

  @Column('integer', { name: 'user_id', nullable: true })
  userId!: number | null;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn([
    { ...TENANT_COLUMN, foreignKeyConstraintName: USER_FKEY },
    { name: 'user_id', referencedColumnName: 'id', foreignKeyConstraintName: USER_FKEY },
  ])
  user?: User;

  /** No foreign key: the subscription outlives the calendar. */
  @Column('integer', { name: 'calendar_id', nullable: true })
  calendarId!: number | null;

  @Column('text', { default: 'active' })
  status!: SubscriptionStatus;

  @Column('text', { name: 'disabled_reason', nullable: true })
  disabledReason!: DisabledReason | null;

  @Column({ name: 'failing_since', type: 'timestamptz', precision: 3, nullable: true })
  failingSince!: Date | null;

  /** Sealed by `SubscriptionSecrets`. Only the statements that sign or seal select it. */
  @Column('text', { select: false })
  secret!: string;

  /** Signs too, until it ends; null: there is none. */
  @Column('text', { name: 'previous_secret', nullable: true, select: false })
  previousSecret!: string | null;

  @Column({ name: 'previous_secret_ends_at', type: 'timestamptz', precision: 3, nullable: true })
  previousSecretEndsAt!: Date | null;

  /** The snapshot in which the subscription became active. Changes that are visible in it are not delivered. */
  @Column('text', { name: 'active_from', select: false })
  activeFrom!: string;

  /** The sequence of the newest delivery; 0: there was none. */
  @Column('bigint', { name: 'last_sequence', default: 0, select: false })
  lastSequence!: string;

  @Column('integer', { name: 'created_by_key_id', nullable: true })
  createdByKeyId!: number | null;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt!: Date;
}
