import { textFault } from '../../platform/values/text-fault.js';
import { Field, type FieldOptions } from './field.js';

interface PasswordOptions extends FieldOptions {
  /** Least number of UTF-16 code units. */
  readonly min: number;
}

/**
 * UTF-16 code units. Passphrases are shorter, and hashing a longer password would help an attacker to slow the
 * service down.
 * @public `docs/limits.md` lists it.
 */
export const MAX_PASSWORD_LENGTH = 128;

/** A password of any characters. No response repeats it. */
export function PasswordField({ min, ...options }: PasswordOptions): PropertyDecorator {
  const schema = {
    type: 'string',
    format: 'password',
    minLength: min,
    maxLength: MAX_PASSWORD_LENGTH,
  } as const;
  return Field({ example: 'correct horse battery staple', ...options }, schema, (value) =>
    textFault(value, min, MAX_PASSWORD_LENGTH),
  );
}
