import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './concurrent-index.js';
import { replaceCheck } from './replaced-check.js';

const INDEX = 'reminder_deliveries_queued_idx';

/**
 * Lets the outbox send deliveries of reminders, while requests go on. A queued delivery without `next_attempt_at` is one of
 * the outbox, and no instance of the version before finds it. The others remain those of the version before, until this
 * version takes them over: during the migration, an attempt may be under way.
 */
export class SendDeliveriesFromOutbox1764231001000 implements MigrationInterface {
  readonly concurrent = true;

  async up(runner: QueryRunner): Promise<void> {
    await replaceCheck(
      runner,
      'reminder_deliveries',
      'reminder_deliveries_next_attempt_at',
      `next_attempt_at IS NULL OR status = 'queued'`,
    );
    const columns = `reminder_deliveries (tenant_id, notification_id) WHERE status = 'queued'`;
    await buildIndex(runner, { name: INDEX, kind: 'INDEX', columns });
  }

  /** The version before sends what the outbox has not sent. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX IF EXISTS ${INDEX}`);
    await runner.query(`
      UPDATE reminder_deliveries SET next_attempt_at = now() WHERE status = 'queued' AND next_attempt_at IS NULL`);
    await replaceCheck(
      runner,
      'reminder_deliveries',
      'reminder_deliveries_next_attempt_at',
      `(next_attempt_at IS NOT NULL) = (status = 'queued')`,
    );
  }
}
