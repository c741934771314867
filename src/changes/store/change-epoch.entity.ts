import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * The present life of the database, in one row. A life ends when the database is restored, copied or promoted:
 * PostgreSQL may then give a number of a transaction a second time.
 */
@Entity('change_epochs')
export class ChangeEpoch {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'change_epochs_pkey' })
  epoch!: string;

  /** The server, the database and the timeline. */
  @Column('text')
  fingerprint!: string;
}
