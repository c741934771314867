/**
 * The fault of a value as text that PostgreSQL can keep: no NUL and no lone surrogate. Null: the value has no fault.
 * @param min the least number of UTF-16 code units
 * @param max the most UTF-16 code units
 */
export function textFault(value: unknown, min: number, max: number): string | null {
  if (typeof value !== 'string') return 'must be a string';
  if (value.length < min || value.trim().length < Math.min(min, 1))
    return min <= 1 ? 'must not be empty' : `must have at least ${min} characters`;
  if (value.length > max) return `must have at most ${max} characters`;
  if (value.includes('\0') || !value.isWellFormed()) return 'must not contain NUL or lone surrogates';
  return null;
}
