import { COLOR_PATTERN, colorFault } from '../../platform/values/color.js';
import { Field, type FieldOptions } from './field.js';

/** A color as `#rrggbb`. */
export function ColorField(options: FieldOptions): PropertyDecorator {
  return Field(options, { type: 'string', pattern: COLOR_PATTERN }, colorFault);
}
