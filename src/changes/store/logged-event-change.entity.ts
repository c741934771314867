import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { THIS_TRANSACTION } from '../model/this-transaction.js';

/**
 * The log of changes: what one transaction did to one event. Triggers write it. The order of `sequence` is the order in
 * which the changes of one event were committed.
 */
@Entity('event_changes')
@Unique('event_changes_event_key', ['tenantId', 'eventId', 'xid'])
@Index('event_changes_xid_idx', ['tenantId', 'xid', 'eventId'])
@Index('event_changes_user_id_idx', ['tenantId', 'userId', 'sequence'], { where: 'user_id IS NOT NULL' })
@Index('event_changes_all_tenants_idx', ['xid'])
@Index('event_changes_deleted_idx', ['tenantId', 'at'], { where: `kind = 'deleted'` })
@Check('event_changes_kind', `"kind" IN ('created', 'updated', 'deleted')`)
export class LoggedEventChange {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'event_changes_pkey' })
  tenantId!: number;

  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'event_changes_pkey',
  })
  sequence!: string;

  @Column('integer', { name: 'event_id' })
  eventId!: number;

  /** The transaction. */
  @Column('bigint', { default: THIS_TRANSACTION })
  xid!: string;

  /** The version of the event after the change. */
  @Column('integer')
  version!: number;

  @Column('text')
  kind!: 'created' | 'updated' | 'deleted';

  /** The user who made the change; null: a key, a caller without a token, the service, or the version before. */
  @Column('integer', { name: 'user_id', nullable: true, default: () => 'change_author(1)' })
  userId!: number | null;

  /** The API key of the request; null: none. */
  @Column('integer', { name: 'api_key_id', nullable: true, default: () => 'change_author(2)' })
  apiKeyId!: number | null;

  /** The event's own time of its last change. */
  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'clock_timestamp()' })
  at!: Date;
}
