import { normalisedEmail } from '../../platform/mail/email-address.js';

/** Whether two addresses are of one person. */
export function isSameAddress(one: string, other: string): boolean {
  const key = normalisedEmail(one);
  return key === null ? one === other : key === normalisedEmail(other);
}
