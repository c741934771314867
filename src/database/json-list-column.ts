import type { ValueTransformer } from 'typeorm';

/**
 * Translates each element of the list in a JSON column. TypeORM also passes null, and undefined for a column that a
 * change leaves out: both stay as they are.
 */
export function jsonListColumn<T, Stored>(
  to: (value: T) => Stored,
  from: (stored: Stored) => T,
): ValueTransformer {
  return {
    to: (values?: readonly T[] | null) => values?.map(to) ?? values,
    from: (stored?: readonly Stored[] | null) => stored?.map(from) ?? stored,
  };
}
