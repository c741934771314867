import { MAX_CALENDAR_NAME_LENGTH } from '../../calendars/model/calendar-limits.js';

/** The schemes of addresses of calendars. */
const SCHEMES = /^(?:https?|webcals?):/i;

/** The fault of a text as the address of a calendar; null: none. */
export function subscribedUrlFault(text: string): string | null {
  return SCHEMES.test(text) && URL.canParse(webUrlOf(text)) ? null : 'must be an https, http or webcal URL';
}

/** The URL that is fetched for an address of a calendar: `webcal:` is `https:` by another name. */
export function webUrlOf(text: string): string {
  return text.replace(/^webcals?:/i, 'https:');
}

/** The name of a calendar until it gives itself one: the host of its URL. */
export function defaultNameOf(url: string): string {
  return new URL(url).hostname.slice(0, MAX_CALENDAR_NAME_LENGTH);
}
