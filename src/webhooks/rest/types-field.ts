import { Field, type FieldOptions } from '../../http/fields/field.js';
import { SUBSCRIBED_TYPES } from '../model/webhook-type.js';

const KNOWN: readonly unknown[] = SUBSCRIBED_TYPES;

/** UTF-16 code units of an unknown type that the message repeats. */
const SHOWN_LENGTH = 50;

/** A list of one type or more. */
export function TypesField(options: FieldOptions): PropertyDecorator {
  const schema = {
    type: 'array' as const,
    items: { type: 'string', enum: [...SUBSCRIBED_TYPES] },
    minItems: 1,
    maxItems: SUBSCRIBED_TYPES.length,
  };
  return Field(options, schema, typesFault);
}

/**
 * The fault of a list of types; null: none. It names an unknown type.
 * @public Unit tests use it.
 */
export function typesFault(value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > SUBSCRIBED_TYPES.length)
    return `must be a list of 1 to ${SUBSCRIBED_TYPES.length} types`;
  const unknown = (value as unknown[]).find((type) => !KNOWN.includes(type));
  if (unknown === undefined) return null;
  return `has an unknown type, ${shown(unknown)}; the types are ${SUBSCRIBED_TYPES.join(', ')}`;
}

/** Backticks would mark a field in a message. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return JSON.stringify(text.replaceAll('`', "'").slice(0, SHOWN_LENGTH));
}
