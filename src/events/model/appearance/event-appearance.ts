import type { FieldError } from '../../../errors/domain-error.js';
import { colorFault } from '../../../platform/values/color.js';
import { textFault } from '../../../platform/values/text-fault.js';
import { webUrlFault } from '../../../platform/values/web-url.js';
import type { Conference } from './conference.js';

/** What a product shows of an event besides its texts. */
export interface EventAppearance {
  /** An `http` or `https` URL of the event in the product. */
  readonly url: string | null;
  /** `#rrggbb`, in lower case. */
  readonly color: string | null;
  /** Without duplicates, in the order given. */
  readonly categories: string[];
  readonly conference: Conference | null;
}

/** @public Tests make events with it. */
export const NO_APPEARANCE: EventAppearance = { url: null, color: null, categories: [], conference: null };

/** A response with the event has all of its categories, and a list has those of many events. */
export const MAX_CATEGORIES = 50;

/** UTF-16 code units. A category is a label of a few words. */
export const MAX_CATEGORY_LENGTH = 100;

/** UTF-16 code units of the provider, the phone number or the PIN of a conference. */
export const MAX_CONFERENCE_TEXT_LENGTH = 100;

/** The fault of a value as a list of categories; null: none. */
export function categoriesFault(value: unknown): string | null {
  if (!Array.isArray(value)) return 'must be a list of texts';
  if (value.length > MAX_CATEGORIES) return `must hold at most ${MAX_CATEGORIES} categories`;
  const fault = value
    .map((category) => textFault(category, 1, MAX_CATEGORY_LENGTH))
    .find((one) => one !== null);
  if (fault != null) return `each ${fault}`;
  return new Set(value).size === value.length ? null : 'must not hold a category twice';
}

/** The fault of a text of a conference; null: none. */
function conferenceTextFault(value: unknown): string | null {
  return textFault(value, 1, MAX_CONFERENCE_TEXT_LENGTH);
}

/** The faults of the fields that a command names. */
export function appearanceFaults({
  url,
  color,
  categories,
  conference,
}: Partial<EventAppearance>): FieldError[] {
  return [
    ...faultOf('url', url, webUrlFault),
    ...faultOf('color', color, colorFault),
    ...faultOf('categories', categories, categoriesFault),
    ...(conference ? conferenceFaults(conference) : []),
  ];
}

function conferenceFaults({ url, provider, phone, pin }: Conference): FieldError[] {
  if (url === null && phone === null)
    return [{ field: 'conference', message: 'must have a `url` or a `phone`' }];
  return [
    ...faultOf('conference.url', url, webUrlFault),
    ...faultOf('conference.provider', provider, conferenceTextFault),
    ...faultOf('conference.phone', phone, conferenceTextFault),
    ...faultOf('conference.pin', pin, conferenceTextFault),
  ];
}

function faultOf(field: string, value: unknown, fault: (value: unknown) => string | null): FieldError[] {
  const message = value === null || value === undefined ? null : fault(value);
  return message === null ? [] : [{ field, message }];
}
