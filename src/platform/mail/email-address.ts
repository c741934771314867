import { domainToASCII, domainToUnicode } from 'node:url';

/** RFC 5321 §4.5.3.1.3: a path has at most 256 octets, its two brackets among them. */
export const MAX_EMAIL_LENGTH = 254;

/** A domain that can be looked up. `domainToASCII` would read other characters as the rest of a URL. */
const CONVERTIBLE_DOMAIN = /^(?:[a-z\d.-]|[^\0-\x7f])+$/i;
const ASCII_DOMAIN = /^[a-z\d-]+(?:\.[a-z\d-]+)*$/;

/**
 * The form in which two spellings of one email address are equal: the domain in ASCII (IDNA, UTS #46), the local
 * part with its ASCII letters in lower case. Null if the domain has no such form.
 *
 * No other letter of the local part changes: `İ` (U+0130) is not `i`. Every comparison of addresses uses this form.
 */
export function normalisedEmail(address: string): string | null {
  const text = address.trim();
  const at = text.lastIndexOf('@');
  const [localPart, domain] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  if (localPart === '' || !CONVERTIBLE_DOMAIN.test(domain)) return null;
  const ascii = domainToASCII(domain);
  if (!ASCII_DOMAIN.test(ascii) || !labelsAreEncodings(ascii)) return null;
  return `${asciiLowerCase(localPart)}@${ascii}`;
}

/**
 * Whether IDNA writes each label that begins with `xn--` in the same way. Node.js 22 checks most labels. Node.js 24
 * checks no label of a domain that is in ASCII.
 */
function labelsAreEncodings(ascii: string): boolean {
  if (!ascii.includes('xn--')) return true;
  const unicode = domainToUnicode(ascii);
  return !/(?:^|\.)xn--/.test(unicode) && domainToASCII(unicode) === ascii;
}

function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
