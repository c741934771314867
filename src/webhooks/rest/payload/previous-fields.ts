import { isDeepStrictEqual } from 'node:util';

type Fields = Readonly<Record<string, unknown>>;

/** The fields that each change sets. */
const OF_EACH_CHANGE = new Set(['version', 'updated_at']);

/** The fields of an event that a change set, and their values before. */
export interface PreviousFields {
  readonly changed_fields: string[];
  readonly previous: Record<string, unknown>;
}

/**
 * Compares an event before and after a change, in the form of the API.
 * @param before null: the viewer could not see the event, so that no field was visible
 */
export function previousFields(before: Fields | null, after: Fields): PreviousFields {
  const changed = Object.entries(before ?? {}).filter(
    ([name, value]) => !OF_EACH_CHANGE.has(name) && name in after && !isDeepStrictEqual(value, after[name]),
  );
  return { changed_fields: changed.map(([name]) => name), previous: Object.fromEntries(changed) };
}
