/** The last code point that UTF-16 writes in one code unit. */
const LAST_OF_ONE_UNIT = 0xffff;

/**
 * The fault of a value as text that PostgreSQL can keep: no NUL and no lone surrogate. Null: the value has no fault.
 * @param lengthOf counts the characters of a text: UTF-16 code units by default
 * @param min the least number of them
 * @param max the most of them
 */
export function textFault(
  value: unknown,
  min: number,
  max: number,
  lengthOf: (text: string) => number = codeUnitsOf,
): string | null {
  if (typeof value !== 'string') return 'must be a string';
  const length = lengthOf(value);
  if (length < min || value.trim().length < Math.min(min, 1))
    return min <= 1 ? 'must not be empty' : `must have at least ${min} characters`;
  if (length > max) return `must have at most ${max} characters`;
  if (value.includes('\0') || !value.isWellFormed()) return 'must not contain NUL or lone surrogates';
  return null;
}

/** The number of Unicode code points of a text. A lone surrogate counts as one. */
export function codePointsOf(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at += 1) if ((text.codePointAt(at) ?? 0) > LAST_OF_ONE_UNIT) count -= 1;
  return count;
}

function codeUnitsOf(text: string): number {
  return text.length;
}
