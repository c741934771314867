/** The rows of each event, in their order. */
export function byEvent<T extends { readonly eventId: number }>(
  rows: readonly T[],
): ReadonlyMap<number, T[]> {
  const found = new Map<number, T[]>();
  for (const row of rows) {
    const known = found.get(row.eventId);
    if (known) known.push(row);
    else found.set(row.eventId, [row]);
  }
  return found;
}
