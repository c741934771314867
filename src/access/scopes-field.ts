import { Field, type FieldOptions } from '../http/fields/field.js';
import { SCOPES } from './scope.js';

/** In place of a list: every scope of the caller. */
export const ALL_SCOPES = 'all';

/** What the document says about the scopes that no operation needs yet. */
export const RESERVED_SCOPES_TEXT = '`mail.write` is for operations to come; no operation needs it yet.';

/** A list of one scope or more, or `all`. An empty list never means all. */
export function ScopesField(options: FieldOptions): PropertyDecorator {
  const list = {
    type: 'array' as const,
    items: { type: 'string', enum: [...SCOPES] },
    minItems: 1,
    maxItems: SCOPES.length,
  };
  return Field(options, { oneOf: [list, { type: 'string', enum: [ALL_SCOPES] }] }, scopesFault);
}

/** The fault of a list of scopes, or of `all`; null: none. */
export function scopesFault(value: unknown): string | null {
  if (value === ALL_SCOPES) return null;
  if (!Array.isArray(value) || value.length === 0 || value.length > SCOPES.length)
    return `must be "${ALL_SCOPES}" or a list of 1 to ${SCOPES.length} scopes`;
  const known: readonly unknown[] = SCOPES;
  return value.every((scope) => known.includes(scope)) ? null : `must hold scopes: ${SCOPES.join(', ')}`;
}
