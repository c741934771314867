import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * One life of the database: it ends when the database is restored, copied or promoted, because the numbers of transactions
 * then start anew or may have been used before. The newest row is the present epoch.
 */
@Entity('change_epochs')
export class ChangeEpoch {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'change_epochs_pkey' })
  epoch!: string;

  /** The server, the database and the timeline. */
  @Column('text')
  fingerprint!: string;

  /** The first change of the epoch. Numbers of transactions of earlier changes have no meaning in it. */
  @Column('bigint', { name: 'first_sequence' })
  firstSequence!: string;

  @Column({ type: 'timestamptz', name: 'begun_at', precision: 3, default: () => 'clock_timestamp()' })
  begunAt!: Date;
}
