import type { MigrationInterface, QueryRunner } from 'typeorm';
import { replaceCheck } from './replaced-check.js';

const REASON = 'webhook_subscriptions_disabled_reason';

const CALENDAR_FKEY = 'webhook_subscriptions_calendar_id_fkey';

/** Whether a subscription has one of these reasons, if it is disabled alone. */
function withReasons(reasons: string): string {
  return `disabled_reason IN (${reasons}) AND status = 'disabled' OR disabled_reason IS NULL AND status = 'active'`;
}

/**
 * Lets the subscription to a calendar outlive the calendar, so that its receiver gets the changes that the deletion makes.
 * An instance of the version before serves such a subscription as one to a calendar without events.
 */
export class KeepSubscriptionsOfDeletedCalendars1764234000000 implements MigrationInterface {
  readonly concurrent = true;

  async up(runner: QueryRunner): Promise<void> {
    const condition = withReasons(`'requested', 'gone', 'failing', 'calendar_deleted'`);
    await replaceCheck(runner, 'webhook_subscriptions', REASON, condition);
    await runner.query(`ALTER TABLE webhook_subscriptions DROP CONSTRAINT IF EXISTS ${CALENDAR_FKEY}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM webhook_subscriptions s
       WHERE s.calendar_id IS NOT NULL AND NOT EXISTS (
             SELECT FROM calendars c WHERE c.tenant_id = s.tenant_id AND c.id = s.calendar_id)`);
    await runner.query(`
      ALTER TABLE webhook_subscriptions DROP CONSTRAINT IF EXISTS ${CALENDAR_FKEY},
        ADD CONSTRAINT ${CALENDAR_FKEY} FOREIGN KEY (tenant_id, user_id, calendar_id)
        REFERENCES calendars (tenant_id, user_id, id) ON DELETE CASCADE`);
    await replaceCheck(
      runner,
      'webhook_subscriptions',
      REASON,
      withReasons(`'requested', 'gone', 'failing'`),
    );
  }
}
