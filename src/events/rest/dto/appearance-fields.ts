import { Field, type FieldOptions } from '../../../http/fields/field.js';
import {
  categoriesFault,
  MAX_CATEGORIES,
  MAX_CATEGORY_LENGTH,
} from '../../model/appearance/event-appearance.js';

/** A list of categories without duplicates. */
export function CategoriesField(options: FieldOptions): PropertyDecorator {
  const schema = {
    type: 'array' as const,
    items: { type: 'string', minLength: 1, maxLength: MAX_CATEGORY_LENGTH },
    maxItems: MAX_CATEGORIES,
    uniqueItems: true,
  };
  return Field(options, schema, categoriesFault);
}

const TAKES_TIME =
  '`free` takes no time. `busy`, `tentative` and `out_of_office` make the attendees busy; a request with `pending=free` treats `tentative` as free.';

/** The description of `floating` in responses. */
export const FLOATING_OF_EVENT =
  "Whether the days of an all-day event are those of each attendee, in the attendee's own zone. False: the days are the same instants for all attendees.";

/** The descriptions of `show_as`. */
export const SHOW_AS_OF_EVENT = `How the time of the event is shown. ${TAKES_TIME}`;
export const SHOW_AS_OF_OCCURRENCE = `How the time of the occurrence is shown. ${TAKES_TIME}`;
