import { isEmail } from 'class-validator';
import { MAX_EMAIL_LENGTH, normalisedEmail } from '../../platform/mail/email-address.js';
import { textFault } from '../../platform/values/text-fault.js';
import { Field, type FieldOptions } from './field.js';

/** An email address that has a normalised form. */
export function EmailField(options: FieldOptions): PropertyDecorator {
  const schema = { type: 'string', format: 'email', maxLength: MAX_EMAIL_LENGTH } as const;
  return Field({ example: 'ishcherbina@example.com', ...options }, schema, (value) => {
    // Text first: the library throws on a lone surrogate.
    return (
      textFault(value, 1, MAX_EMAIL_LENGTH) ??
      (isAddress(value as string) ? null : 'must be an email address')
    );
  });
}

function isAddress(text: string): boolean {
  return isEmail(text) && normalisedEmail(text) !== null;
}
