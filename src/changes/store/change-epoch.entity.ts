import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * The present life of the database, in one row. A life ends when the database is restored, copied or promoted, because the
 * numbers of transactions then start anew or may be used again.
 */
@Entity('change_epochs')
export class ChangeEpoch {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'change_epochs_pkey' })
  epoch!: string;

  /** The server, the database and the timeline. */
  @Column('text')
  fingerprint!: string;
}
