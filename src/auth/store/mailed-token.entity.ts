import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { MailedTokenPurpose, MailedTokenRecord } from '../model/mailed-token.js';

@Entity('mailed_tokens')
@Index('mailed_tokens_before_tenants_key', { synchronize: false })
export class MailedToken implements MailedTokenRecord {
  @PrimaryColumn('integer', { name: 'tenant_id', default: 1, primaryKeyConstraintName: 'mailed_tokens_pkey' })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'user_id', primaryKeyConstraintName: 'mailed_tokens_pkey' })
  userId!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'mailed_tokens_pkey' })
  purpose!: MailedTokenPurpose;

  /** A foreign key alone. The relation names the entity, since `auth/` imports nothing of `users/`. */
  @ManyToOne('User', { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'mailed_tokens_user_id_fkey',
    },
    { name: 'user_id', referencedColumnName: 'id', foreignKeyConstraintName: 'mailed_tokens_user_id_fkey' },
  ])
  user?: unknown;

  @Column('text')
  hash!: string;

  @Column('text')
  email!: string;

  @Column('integer')
  generation!: number;

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3 })
  @Index('mailed_tokens_expires_at_idx')
  expiresAt!: Date;

  /** When a mail with the token is due; null: it was sent, or the request that made the token sends it. */
  @Column({ name: 'mail_due_at', type: 'timestamptz', precision: 3, nullable: true })
  @Index('mailed_tokens_mail_due_at_idx', { where: 'mail_due_at IS NOT NULL' })
  mailDueAt?: Date | null;
}
