import { Field, type FieldOptions } from './field.js';
import { textFault } from './text-field.js';

interface PasswordOptions extends FieldOptions {
  /** Least number of UTF-16 code units. */
  readonly min: number;
}

/** Long enough for any passphrase, short enough that hashing it is no attack. */
const MAX_LENGTH = 128;

/** A password: any characters, which none of our answers repeats. */
export function PasswordField({ min, ...options }: PasswordOptions): PropertyDecorator {
  const schema = { type: 'string', format: 'password', minLength: min, maxLength: MAX_LENGTH } as const;
  return Field({ example: 'correct horse battery staple', ...options }, schema, (value) =>
    textFault(value, min, MAX_LENGTH),
  );
}
