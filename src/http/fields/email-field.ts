import { isEmail } from 'class-validator';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import { textFault } from '../../platform/values/text-fault.js';
import { Field, type FieldOptions } from './field.js';

/** RFC 5321 §4.5.3.1.3: a path has at most 256 octets, its two brackets among them. */
const MAX_LENGTH = 254;

/** An email address that has a normalised form. */
export function EmailField(options: FieldOptions): PropertyDecorator {
  const schema = { type: 'string', format: 'email', maxLength: MAX_LENGTH } as const;
  return Field({ example: 'ishcherbina@example.com', ...options }, schema, (value) => {
    // Text first: the library throws on a lone surrogate.
    return (
      textFault(value, 1, MAX_LENGTH) ?? (isAddress(value as string) ? null : 'must be an email address')
    );
  });
}

function isAddress(text: string): boolean {
  return isEmail(text) && normalisedEmail(text) !== null;
}
