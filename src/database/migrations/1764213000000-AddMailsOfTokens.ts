import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails that the service sends after the response, such as those with a token that resets a password. */
export class AddMailsOfTokens1764213000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE mailed_tokens ADD COLUMN mail_due_at timestamptz(3)`);
    await runner.query(
      `CREATE INDEX mailed_tokens_mail_due_at_idx ON mailed_tokens (mail_due_at) WHERE mail_due_at IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE mailed_tokens DROP COLUMN mail_due_at`);
  }
}
