import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The letters that decompose into no base letter, in lower case. */
const LETTERS = ['ß ss', 'æ ae', 'œ oe', 'ø o', 'ł l', 'đ d', 'ħ h', 'ı i'].map((pair) => pair.split(' '));

/**
 * The words of events, with case and accents folded, so that a search finds them. Triggers keep them, so an instance of
 * the version before keeps them too.
 */
export class AddEventTexts1764214000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`CREATE EXTENSION IF NOT EXISTS btree_gin`);
    const folded = LETTERS.reduce(
      (text, [from, to]) => `replace(${text}, '${from}', '${to}')`,
      `lower(${String.raw`regexp_replace(normalize(value, NFKD), '[\u0300-\u036f]', '', 'g')`}${await collation(runner)})`,
    );
    await runner.query(`
      CREATE FUNCTION fold_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
        RETURN ${folded}`);
    await runner.query(`
      CREATE TABLE event_texts (
        tenant_id integer NOT NULL,
        event_id integer NOT NULL,
        original_start text NOT NULL,
        folded text NOT NULL,
        CONSTRAINT event_texts_pkey PRIMARY KEY (tenant_id, event_id, original_start),
        CONSTRAINT event_texts_event_id_fkey FOREIGN KEY (tenant_id, event_id) REFERENCES events (tenant_id, id)
          ON DELETE CASCADE
      )`);
    await runner.query(`
      CREATE FUNCTION keep_event_text() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO event_texts (tenant_id, event_id, original_start, folded)
        VALUES (NEW.tenant_id, NEW.id, '', fold_text(concat_ws(E'\\n', NEW.title, NEW.description, NEW.location)))
        ON CONFLICT (tenant_id, event_id, original_start) DO UPDATE SET folded = excluded.folded;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER events_text_added AFTER INSERT ON events
        FOR EACH ROW EXECUTE FUNCTION keep_event_text()`);
    await runner.query(`
      CREATE TRIGGER events_text_changed AFTER UPDATE OF title, description, location ON events
        FOR EACH ROW WHEN ((OLD.title, OLD.description, OLD.location)
                           IS DISTINCT FROM (NEW.title, NEW.description, NEW.location))
        EXECUTE FUNCTION keep_event_text()`);
    await runner.query(`
      CREATE FUNCTION keep_override_text() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- A split moves the row to another event.
        IF TG_OP <> 'INSERT' THEN
          DELETE FROM event_texts WHERE tenant_id = OLD.tenant_id AND event_id = OLD.event_id
             AND original_start = OLD.original_start;
        END IF;
        IF TG_OP <> 'DELETE' AND NOT NEW.cancelled
           AND num_nonnulls(NEW.title, NEW.description, NEW.location) > 0 THEN
          INSERT INTO event_texts (tenant_id, event_id, original_start, folded)
          VALUES (NEW.tenant_id, NEW.event_id, NEW.original_start,
                  fold_text(concat_ws(E'\\n', NEW.title, NEW.description, NEW.location)))
          ON CONFLICT (tenant_id, event_id, original_start) DO UPDATE SET folded = excluded.folded;
        END IF;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER occurrence_overrides_text AFTER INSERT OR DELETE OR
        UPDATE OF event_id, original_start, cancelled, title, description, location ON occurrence_overrides FOR EACH ROW EXECUTE FUNCTION keep_override_text()`);
    // The span of a series is a day longer on both sides. Hours do not depend on a zone, so the sum is immutable.
    await runner.query(`
      CREATE FUNCTION first_start(span tstzrange, rrule text, rdates text[]) RETURNS timestamptz
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN CASE WHEN rrule IS NULL AND rdates = '{}' THEN lower(span) ELSE lower(span) + interval '24 hours' END`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION first_start(tstzrange, text, text[])`);
    await runner.query(`DROP TRIGGER occurrence_overrides_text ON occurrence_overrides`);
    await runner.query(`DROP TRIGGER events_text_changed ON events`);
    await runner.query(`DROP TRIGGER events_text_added ON events`);
    await runner.query(`DROP FUNCTION keep_override_text(), keep_event_text()`);
    await runner.query(`DROP TABLE event_texts`);
    await runner.query(`DROP FUNCTION fold_text(text)`);
  }
}

/** With the collation C, lower() changes ASCII letters alone. A server with ICU has a collation for all letters. */
async function collation(runner: QueryRunner): Promise<string> {
  const found: unknown[] = await runner.query(`
    SELECT FROM pg_catalog.pg_collation WHERE collname = 'und-x-icu' AND collnamespace = 'pg_catalog'::regnamespace`);
  return found.length > 0 ? ' COLLATE pg_catalog."und-x-icu"' : '';
}
