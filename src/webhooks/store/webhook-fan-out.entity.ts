import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** One row, whose lock lets one instance at a time make deliveries of changes. */
@Entity('webhook_fan_out')
@Check('webhook_fan_out_one_row', '"id" = 1')
export class WebhookFanOut {
  @PrimaryColumn('smallint', { default: 1, primaryKeyConstraintName: 'webhook_fan_out_pkey' })
  id!: number;

  /** The changes whose deliveries exist; null: the service has not made any. */
  @Column('text', { nullable: true })
  cursor!: string | null;
}
