import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from '../../users/store/user.entity.js';
import { Hold } from './hold.entity.js';

const TENANT_COLUMN = { name: 'tenant_id', referencedColumnName: 'tenantId' };
const USER_FKEY = 'hold_members_user_id_fkey';
const HOLD_FKEY = 'hold_members_hold_id_fkey';

/**
 * The time that an unconfirmed hold takes of each of its users and rooms, so that one look-up finds the holds on a user.
 * A trigger notes the latest expiry of the holds on a user in `calendar_versions`.
 */
@Entity('hold_members')
@Index('hold_members_hold_id_idx', ['tenantId', 'holdId'])
@Index('hold_members_expires_at_idx', ['expiresAt'])
export class HoldMember {
  @PrimaryColumn('integer', { name: 'tenant_id', primaryKeyConstraintName: 'hold_members_pkey' })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'user_id', primaryKeyConstraintName: 'hold_members_pkey' })
  userId!: number;

  @PrimaryColumn('integer', { name: 'hold_id', primaryKeyConstraintName: 'hold_members_pkey' })
  holdId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn([
    { ...TENANT_COLUMN, foreignKeyConstraintName: USER_FKEY },
    { name: 'user_id', referencedColumnName: 'id', foreignKeyConstraintName: USER_FKEY },
  ])
  user?: User;

  @ManyToOne(() => Hold, { onDelete: 'CASCADE' })
  @JoinColumn([
    { ...TENANT_COLUMN, foreignKeyConstraintName: HOLD_FKEY },
    { name: 'hold_id', referencedColumnName: 'id', foreignKeyConstraintName: HOLD_FKEY },
  ])
  hold?: Hold;

  @Column('tstzrange')
  span!: string;

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3 })
  expiresAt!: Date;
}
