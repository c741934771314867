import { textFault } from './text-fault.js';

/** UTF-16 code units. Common browsers and servers accept URLs of this length. */
export const MAX_URL_LENGTH = 2_048;

/** Other schemes, such as `javascript`, would run code in a page that shows the URL as a link. */
const WEB_URL = /^https?:\/\/\S+$/i;

/** The fault of a value as the URL of a page; null: none. */
export function webUrlFault(value: unknown): string | null {
  const fault = textFault(value, 1, MAX_URL_LENGTH);
  if (fault !== null) return fault;
  return WEB_URL.test(value as string) && URL.canParse(value as string)
    ? null
    : 'must be an http or https URL';
}
