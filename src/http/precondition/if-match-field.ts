import { DomainError } from '../../errors/domain-error.js';
import { Precondition } from '../../platform/precondition.js';
import { MAX_ID } from '../../platform/values/max-id.js';
import { Field } from '../fields/field.js';
import { DOCUMENTED_TAGS_LENGTH, parseIfMatch } from './version-tag.js';

/** The precondition of a member of a batch, in the place of the header `If-Match`. */
export function IfMatchField(): PropertyDecorator {
  return Field(
    {
      description:
        "The event's `version`, or a value of the header `If-Match`. The service changes the events only if this one " +
        'still has that version. Without the field, the last write wins, field by field.',
      example: 1,
      optional: true,
    },
    {
      oneOf: [
        { type: 'integer', minimum: 1, maximum: MAX_ID },
        { type: 'string', maxLength: DOCUMENTED_TAGS_LENGTH },
      ],
    },
    ifMatchFault,
  );
}

/**
 * The fault of a version, or of the text of an `If-Match`; null: none.
 * @public Unit tests use it.
 */
export function ifMatchFault(value: unknown): string | null {
  const isVersion = Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_ID;
  if (isVersion) return null;
  if (typeof value !== 'string') return 'must be a version or the text of an If-Match';
  try {
    parseIfMatch(value);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.errors[0].message;
    throw error;
  }
}

/** @param value without a fault */
export function preconditionOf(value: number | string | undefined): Precondition {
  return typeof value === 'number' ? Precondition.ofVersions([value]) : parseIfMatch(value);
}
