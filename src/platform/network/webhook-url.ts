import { mayBePublic } from './public-hosts.js';

export const NOT_PUBLIC_MESSAGE = 'must be at a public address';

/** The same for a name that does not exist and for one of a private network, so that the message does not reveal which it is. */
export const NO_PUBLIC_ADDRESS_MESSAGE = 'must have a host name that resolves, and to public addresses alone';

/**
 * The URL of a webhook in its normal form, or the fault of the text. Host names are not resolved.
 * @param privateAddresses whether the webhook may call an address that is not public
 */
export function webhookUrlOf(
  text: string,
  privateAddresses: boolean,
): { readonly url: URL; readonly fault: null } | { readonly url: null; readonly fault: string } {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return { url: null, fault: 'must be an http or https URL' };
  if (url.port === '0') return { url: null, fault: 'must not have the port 0' };
  if (url.username !== '' || url.password !== '')
    return { url: null, fault: 'must not hold a user or password' };
  if (!privateAddresses && !mayBePublic(url.hostname)) return { url: null, fault: NOT_PUBLIC_MESSAGE };
  return { url, fault: null };
}
