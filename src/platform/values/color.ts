/** The pattern of a color, for a schema. */
export const COLOR_PATTERN = '^#[0-9A-Fa-f]{6}$';

const COLOR = new RegExp(COLOR_PATTERN);

/** The fault of a value as a color; null: none. */
export function colorFault(value: unknown): string | null {
  return typeof value === 'string' && COLOR.test(value) ? null : 'must be a color such as #1a73e8';
}
