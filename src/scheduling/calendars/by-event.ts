/** The rows of each key, in their order. */
export function grouped<T, Key>(rows: readonly T[], keyOf: (row: T) => Key): ReadonlyMap<Key, T[]> {
  const found = new Map<Key, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = found.get(key);
    if (known) known.push(row);
    else found.set(key, [row]);
  }
  return found;
}

/** The rows of each event, in their order. */
export function byEvent<T extends { readonly eventId: number }>(
  rows: readonly T[],
): ReadonlyMap<number, T[]> {
  return grouped(rows, ({ eventId }) => eventId);
}
