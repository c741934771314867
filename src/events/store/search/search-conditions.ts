import { usersSharingGrantsWith } from '../../../calendars/model/grants/grant-relations-query.js';
import type { EventSearch } from '../../model/search/event-search.js';
import { takesPart } from '../acquaintances/acquaintance-query.js';
import { shownByOrganizer } from '../shown-by-organizer.js';

/** Who searches, which decides what is found. */
export type Searcher =
  | { readonly kind: 'key' }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly userId: number; readonly seesEverybody: boolean };

/** Collects the parameters of a statement, and names them. */
export class Parameters {
  readonly values: unknown[] = [];

  /** The name of a parameter with this value. */
  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

/** The least number of characters of which a trigram index finds a part of a word. */
const TRIGRAM = 3;

/** A word without a letter and a digit, such as `%`, is none to PostgreSQL. */
const LETTER = /[\p{L}\p{N}]/u;

/** Words of these scripts are not separated by spaces, so that two characters are a part worth finding. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/**
 * The conditions of a search, on the events `e` of the tenant `$1`. They let through only events that the searcher may see
 * in full; conditions on the external id and the metadata only events whose metadata the searcher sees.
 */
export function searchConditions(search: EventSearch, searcher: Searcher, parameters: Parameters): string[] {
  const { externalId, metadata, organizerId, attendeeId, from, to, updatedSince } = search;
  const add = (value: unknown) => parameters.add(value);
  const conditions = [visible(searcher, parameters)];
  if (!search.showCancelled) conditions.push(`e.status = 'confirmed'`);
  if (externalId !== null) conditions.push(`e.external_id = ${add(externalId)}`);
  if (Object.keys(metadata).length > 0)
    conditions.push(`e.metadata <> '{}' AND e.metadata @> ${add(JSON.stringify(metadata))}::jsonb`);
  if (externalId !== null || Object.keys(metadata).length > 0)
    conditions.push(seesProductData(searcher, parameters));
  if (organizerId !== null)
    conditions.push(`e.organizer_id = ${add(organizerId)} AND NOT e.foreign_organizer`);
  if (attendeeId !== null) conditions.push(attendedBy(add(attendeeId)));
  if (from !== null || to !== null) {
    conditions.push(
      `e.span && tstzrange(${add(from === null ? null : new Date(from))}, ${add(to === null ? null : new Date(to))}, '[]')`,
    );
  }
  if (updatedSince !== null) conditions.push(`e.updated_at >= ${add(updatedSince)}`);
  return [...conditions, ...search.words.map((word) => contains(word, parameters))];
}

/** The same rule as that of `EventViewsService`, in SQL. */
function visible(searcher: Searcher, parameters: Parameters): string {
  if (searcher.kind === 'key') return 'true';
  if (searcher.kind === 'anonymous') return shownByOrganizer('anonymous');
  const user = parameters.add(searcher.userId);
  const shown = shownByOrganizer({ userId: user });
  const seen = searcher.seesEverybody
    ? 'true'
    : `(EXISTS (${seenAttendee(user)}) OR EXISTS (${sharingAttendee(user)}))`;
  return `(${attendedBy(user)} OR ${shown} AND ${seen})`;
}

/** An attendee of `e` with whom the user shares a grant. */
function sharingAttendee(user: string): string {
  return `
    SELECT FROM attendees a
     WHERE a.tenant_id = $1 AND a.event_id = e.id AND a.user_id IN (${usersSharingGrantsWith(user)})`;
}

/** An attendee of `e`, no room, who organizes or has accepted an event that the user attends. */
function seenAttendee(user: string): string {
  return `
    SELECT FROM attendees a
      JOIN users u ON u.tenant_id = $1 AND u.id = a.user_id AND u.kind = 'person'
      JOIN attendees shared ON shared.tenant_id = $1 AND shared.user_id = a.user_id
                           AND ${takesPart('shared')}
      JOIN attendees mine ON mine.tenant_id = $1 AND mine.event_id = shared.event_id AND mine.user_id = ${user}
     WHERE a.tenant_id = $1 AND a.event_id = e.id`;
}

function attendedBy(user: string): string {
  return `EXISTS (SELECT FROM attendees a WHERE a.tenant_id = $1 AND a.event_id = e.id AND a.user_id = ${user})`;
}

/** The same rule as `seesProductData`, in SQL. */
function seesProductData(searcher: Searcher, parameters: Parameters): string {
  if (searcher.kind === 'key') return 'true';
  if (searcher.kind === 'user') return `e.organizer_id = ${parameters.add(searcher.userId)}`;
  return `EXISTS (SELECT FROM users u WHERE u.tenant_id = $1 AND u.id = e.organizer_id AND NOT u.protected)`;
}

/**
 * The lexemes of PostgreSQL in which a short word is the first name of several, such as `v2.0` and `it/plan`, or a number
 * after a hyphen, such as `06` in `2026-04-06`.
 */
const LONGER_LEXEMES = ["'-%1$s'", "'-%1$s.':*", "'%1$s.':*", "'%1$s/':*", "'%1$s@':*"].join(' | ');

/**
 * A word of three characters or more is found as a part of another word. A shorter one is found as a whole word, since it
 * is a part of nearly every text.
 */
function contains(word: string, parameters: Parameters): string {
  const isWhole = [...word].length < TRIGRAM && LETTER.test(word) && !WITHOUT_SPACES.test(word);
  const matches = isWhole
    ? `to_tsvector('simple', t.folded) @@ ${wholeWord(`fold_text(${parameters.add(word)})`)}`
    : `t.folded LIKE '%' || fold_text(${parameters.add(escaped(word))}) || '%'`;
  return `e.id IN (SELECT t.event_id FROM event_texts t WHERE t.tenant_id = $1 AND ${matches})`;
}

/** @param folded the SQL of the folded word */
function wholeWord(folded: string): string {
  const unquoted = String.raw`translate(${folded}, '''\', '')`;
  const lexemes = `format('${LONGER_LEXEMES.replaceAll("'", "''")}', ${unquoted})::tsquery`;
  return `(plainto_tsquery('simple', ${folded}) || ${lexemes})`;
}

function escaped(word: string): string {
  return word.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
