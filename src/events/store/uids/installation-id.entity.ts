import { Entity, PrimaryColumn } from 'typeorm';

/** The identity of the installation, in one row: the key of the UIDs of events that no file has named. */
@Entity('installation_ids')
export class InstallationId {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'installation_ids_pkey' })
  id!: string;
}
