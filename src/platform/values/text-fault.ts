/**
 * What is wrong with a text: its length in UTF-16 code units, or a character that PostgreSQL cannot keep, which is NUL
 * or a lone surrogate. A text with a least length must have more than white space. Null: nothing is wrong.
 */
export function textFault(value: unknown, min: number, max: number): string | null {
  if (typeof value !== 'string') return 'must be a string';
  if (value.length < min || value.trim().length < Math.min(min, 1))
    return min <= 1 ? 'must not be empty' : `must have at least ${min} characters`;
  if (value.length > max) return `must have at most ${max} characters`;
  if (value.includes('\0') || !value.isWellFormed()) return 'must not contain NUL or lone surrogates';
  return null;
}
