/** The sort keys of an element of a list. */
export type PageKey = readonly number[];

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The key of the last item, after which the next page begins; null: this page is the last one. */
  readonly next: PageKey | null;
}

/**
 * The first `limit` elements of a list as a page.
 * @param found the rest of the list, of which one element more than `limit` is enough
 */
export function pageOf<T>(found: readonly T[], limit: number, keyOf: (item: T) => PageKey): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? keyOf(last) : null };
}
