import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A point in the life of the database, which the service adds at each start and each minute. A token names the newest one. If
 * the database does not have it any more, an older state of the database was put back.
 */
@Entity('change_marks')
export class ChangeMark {
  @PrimaryColumn('bigint', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'change_marks_pkey',
  })
  sequence!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'clock_timestamp()' })
  at!: Date;
}
