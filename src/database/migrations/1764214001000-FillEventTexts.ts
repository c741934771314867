import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows that one statement writes, so that its locks are short. */
const BATCH = 1_000;

const TEXT = `fold_text(concat_ws(E'\\n', title, description, location))`;

/** Locked, so that no other transaction deletes the event in the meantime. Triggers write the texts of a row that changes. */
const EVENTS = `
  WITH batch AS (SELECT tenant_id, id, ${TEXT} AS folded FROM events WHERE id > $1 ORDER BY id LIMIT ${BATCH} FOR KEY SHARE),
  added AS (INSERT INTO event_texts SELECT tenant_id, id, '', folded FROM batch ON CONFLICT DO NOTHING)
  SELECT max(id) AS last FROM batch`;

const OVERRIDES = `
  INSERT INTO event_texts
  SELECT o.tenant_id, o.event_id, o.original_start, ${TEXT.replaceAll(/title|description|location/g, 'o.$&')}
    FROM events e JOIN occurrence_overrides o ON o.tenant_id = e.tenant_id AND o.event_id = e.id
   WHERE e.id > $1 AND e.id <= $2 AND NOT o.cancelled AND num_nonnulls(o.title, o.description, o.location) > 0
     FOR KEY SHARE
  ON CONFLICT DO NOTHING`;

/** Folds the words of the events that exist, while requests read and write events. */
export class FillEventTexts1764214001000 implements MigrationInterface {
  readonly concurrent = true;

  async up(runner: QueryRunner): Promise<void> {
    for (let after = 0; ; ) {
      const [batch]: { last: number | null }[] = await runner.query(EVENTS, [after]);
      if (!batch?.last) return;
      await runner.query(OVERRIDES, [after, batch.last]);
      after = batch.last;
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('TRUNCATE event_texts');
  }
}
