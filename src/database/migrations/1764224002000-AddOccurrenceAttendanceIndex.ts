import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './concurrent-index.js';

const NAME = 'attendees_taking_part_at_occurrences_idx';

/** Builds the index of the attendees who have accepted single occurrences, while requests go on. */
export class AddOccurrenceAttendanceIndex1764224002000 implements MigrationInterface {
  readonly concurrent = true;

  async up(runner: QueryRunner): Promise<void> {
    const columns = `attendees (tenant_id, user_id, event_id) WHERE status = 'declined' AND occurrences_status = 'accepted'`;
    await buildIndex(runner, { name: NAME, kind: 'INDEX', columns });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX IF EXISTS ${NAME}`);
  }
}
