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
