import { plainText, textOf, textsOf, textValue } from '../content/text-value.js';
import { parameterOf } from '../content/time-values.js';
import type { ContentLine } from '../model/content-line.js';
import type { ICalendarConference, ICalendarEvent } from '../model/icalendar-event.js';
import { MAX_FILE_CATEGORIES, TEXT_LIMITS } from '../model/icalendar-limits.js';
import { colorName, colorOf } from './css-colors.js';
import type { FieldForm } from './field-form.js';

/** SUMMARY (RFC 5545 §3.8.1.12). A title is one line. */
export const TITLE: FieldForm<Pick<ICalendarEvent, 'title'>> = {
  read: (lines) => ({
    title: cut(
      firstText(lines)
        .replaceAll(/\s*\n\s*/g, ' ')
        .trim(),
      TEXT_LIMITS.title,
    ),
  }),
  write: ({ title }) => textLines('SUMMARY', title),
};

/** DESCRIPTION (RFC 5545 §3.8.1.5). */
export const DESCRIPTION: FieldForm<Pick<ICalendarEvent, 'description'>> = {
  read: (lines) => ({ description: nullIfBlank(cut(firstText(lines), TEXT_LIMITS.description)) }),
  write: ({ description }) => textLines('DESCRIPTION', description),
};

/** LOCATION (RFC 5545 §3.8.1.7). */
export const LOCATION: FieldForm<Pick<ICalendarEvent, 'location'>> = {
  read: (lines) => ({ location: nullIfBlank(cut(firstText(lines), TEXT_LIMITS.location)) }),
  write: ({ location }) => textLines('LOCATION', location),
};

/** URL (RFC 5545 §3.8.4.6). The value is a URI, which has no escapes. */
export const WEB_URL: FieldForm<Pick<ICalendarEvent, 'url'>> = {
  read: ([line]) => ({ url: line === undefined ? null : webUrl(line.value) }),
  write: ({ url }) => (url === null ? [] : [{ name: 'URL', parameters: [], value: url }]),
};

/** COLOR (RFC 7986 §5.9): a name of CSS. A color without a name is written as `#rrggbb`, which some programs read. */
export const COLOR: FieldForm<Pick<ICalendarEvent, 'color'>> = {
  read: (lines) => ({ color: colorOf(firstText(lines)) }),
  write: ({ color }) => textLines('COLOR', color && colorName(color)),
};

/** CATEGORIES (RFC 5545 §3.8.1.2): several properties, each with a list. */
export const CATEGORIES: FieldForm<Pick<ICalendarEvent, 'categories'>> = {
  read: (lines) => ({ categories: categoriesOf(lines) }),
  write: ({ categories }) =>
    categories.length === 0
      ? []
      : [{ name: 'CATEGORIES', parameters: [], value: categories.map(textValue).join() }],
};

/** CONFERENCE (RFC 7986 §5.11), and the properties that Google and Microsoft have instead. */
export const CONFERENCE: FieldForm<Pick<ICalendarEvent, 'conference'>> = {
  read: (lines) => ({ conference: conferenceOf(lines) }),
  write: ({ conference }) => (conference === null ? [] : conferenceLines(conference)),
};

function categoriesOf(lines: readonly ContentLine[]): string[] {
  const all = lines
    .flatMap(({ value }) => textsOf(value))
    .map((text) => cut(text.trim(), TEXT_LIMITS.category));
  return [...new Set(all.filter((text) => text !== ''))].slice(0, MAX_FILE_CATEGORIES);
}

function conferenceOf(lines: readonly ContentLine[]): ICalendarConference | null {
  const standard = lines.filter(({ name }) => name === 'CONFERENCE');
  const meeting = [...standard, ...lines].find(({ value }) => webUrl(value) !== null);
  const call = standard.find(({ value }) => phoneOf(value) !== null);
  if (meeting === undefined && call === undefined) return null;
  return {
    url: meeting === undefined ? null : webUrl(meeting.value),
    provider: shortText(meeting && parameterOf(meeting, 'LABEL')),
    phone: call === undefined ? null : phoneOf(call.value),
    pin: shortText(call && parameterOf(call, 'X-PIN')),
  };
}

function conferenceLines({ url, provider, phone, pin }: ICalendarConference): ContentLine[] {
  const label = provider === null ? [] : [{ name: 'LABEL', values: [provider] }];
  const code = pin === null ? [] : [{ name: 'X-PIN', values: [pin] }];
  const uri = { name: 'VALUE', values: ['URI'] };
  const [video, audio] = ['VIDEO', 'PHONE'].map((feature) => ({ name: 'FEATURE', values: [feature] }));
  return [
    ...(url === null ? [] : [{ name: 'CONFERENCE', parameters: [uri, video, ...label], value: url }]),
    ...(phone === null
      ? []
      : [
          {
            name: 'CONFERENCE',
            parameters: [uri, audio, ...code],
            value: `tel:${encodeURI(phone.toWellFormed())}`,
          },
        ]),
  ];
}

function phoneOf(value: string): string | null {
  if (!/^tel:/i.test(value)) return null;
  try {
    return shortText(decodeURI(value.slice('tel:'.length)));
  } catch {
    return shortText(value.slice('tel:'.length));
  }
}

function shortText(text: string | undefined): string | null {
  return nullIfBlank(cut(plainText(text ?? '').trim(), TEXT_LIMITS.conferenceText));
}

function webUrl(value: string): string | null {
  const url = value.trim();
  if (!/^https?:\/\/\S+$/i.test(url) || url.length > TEXT_LIMITS.url) return null;
  return URL.canParse(url) ? url : null;
}

function firstText([line]: readonly ContentLine[]): string {
  return line === undefined ? '' : plainText(textOf(line.value));
}

function textLines(name: string, text: string | null): ContentLine[] {
  return text === null || text === '' ? [] : [{ name, parameters: [], value: textValue(text) }];
}

function nullIfBlank(text: string): string | null {
  return text.trim() === '' ? null : text;
}

/**
 * The beginning of a text, of at most `length` UTF-16 code units.
 * @example cut('Lunch', 3) // 'Lun'
 */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const isBetweenSurrogates = /[\uD800-\uDBFF]/.test(text[length - 1]);
  return text.slice(0, isBetweenSurrogates ? length - 1 : length);
}
