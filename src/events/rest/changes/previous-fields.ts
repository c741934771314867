import { isDeepStrictEqual } from 'node:util';

/** The changed fields of an event by their names in responses, and their previous values. */
export interface PreviousFields<Fields extends object> {
  readonly changedFields: readonly (keyof Fields & string)[];
  readonly previous: Partial<Fields>;
}

/** Fields that are no content of the event, or that follow from its attendees. */
const NOT_COMPARED: ReadonlySet<string> = new Set([
  'redacted',
  'id',
  'version',
  'created_at',
  'updated_at',
  'attendees_omitted',
]);

/** The names of elements of a list, of which `previous` has those alone that the change removed or changed. */
const ELEMENT_KEYS: Readonly<Record<string, (element: never) => unknown>> = {
  attendees: ({ user, invite_id: inviteId }: { user: { id: number } | null; invite_id: number | null }) =>
    user ? `user ${user.id}` : inviteId,
  overrides: ({ original_start: originalStart }: { original_start: string }) => originalStart,
};

/**
 * Compares an event before and after a change, as a caller saw it then and sees it now. A field counts only if both have
 * it. Of `attendees` and `overrides`, `previous` has those alone that the change removed or changed.
 * @param after null: the change deleted the event, and so all fields of it
 */
export function previousOf<Fields extends object>(
  before: Fields,
  after: object | null,
): PreviousFields<Fields> {
  const now = after as Partial<Fields> | null;
  const changed = (Object.keys(before) as (keyof Fields & string)[]).filter(
    (name) =>
      !NOT_COMPARED.has(name) &&
      (now === null || (name in now && !isDeepStrictEqual(before[name], now[name]))),
  );
  const previous = changed.map((name) => [name, previousValue(name, before[name], now?.[name])]);
  return { changedFields: changed, previous: Object.fromEntries(previous) as Partial<Fields> };
}

function previousValue(name: string, before: unknown, after: unknown): unknown {
  const keyOf = ELEMENT_KEYS[name] as ((element: unknown) => unknown) | undefined;
  if (!keyOf || !Array.isArray(before) || !Array.isArray(after)) return before;
  const now = new Map(after.map((element: unknown) => [keyOf(element), element]));
  return before.filter((element: unknown) => !isDeepStrictEqual(element, now.get(keyOf(element))));
}
