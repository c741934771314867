import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from '../../users/store/user.entity.js';
import type { RoomFacts } from '../model/room-record.js';

const PRIMARY_KEY = { primaryKeyConstraintName: 'rooms_pkey' };

/** What a room has beside the values of a user. The row exists as long as the user is not deleted. */
@Entity('rooms')
@Check('rooms_capacity', `"capacity" > 0`)
export class Room implements RoomFacts {
  @PrimaryColumn('integer', { name: 'tenant_id', default: 1, ...PRIMARY_KEY })
  tenantId!: number;

  @PrimaryColumn('integer', { name: 'user_id', ...PRIMARY_KEY })
  userId!: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'tenant_id',
      referencedColumnName: 'tenantId',
      foreignKeyConstraintName: 'rooms_user_id_fkey',
    },
    { name: 'user_id', referencedColumnName: 'id', foreignKeyConstraintName: 'rooms_user_id_fkey' },
  ])
  user?: User;

  @Column('integer', { nullable: true })
  capacity!: number | null;

  @Column('text', { array: true, default: [] })
  features!: string[];

  @Column('text', { nullable: true })
  building!: string | null;

  @Column('text', { nullable: true })
  floor!: string | null;

  @Column('boolean', { name: 'auto_accept', default: true })
  autoAccept!: boolean;
}
