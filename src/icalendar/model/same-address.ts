import { normalisedEmail } from '../../platform/mail/email-address.js';

/** A text that addresses of one person share. */
export function addressKey(address: string): string {
  return normalisedEmail(address) ?? address;
}

/** Whether two addresses are of one person. */
export function isSameAddress(one: string, other: string): boolean {
  return addressKey(one) === addressKey(other);
}
