import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Field, type FieldOptions } from '../../http/fields/field.js';
import { featuresFault } from '../model/room-commands.js';
import { MAX_ROOM_FEATURE_LENGTH, MAX_ROOM_FEATURES } from '../model/room-limits.js';

const FEATURES = {
  type: 'array' as const,
  items: { type: 'string', minLength: 1, maxLength: MAX_ROOM_FEATURE_LENGTH },
  maxItems: MAX_ROOM_FEATURES,
  uniqueItems: true,
};

/** A list of features without duplicates. */
export function FeaturesField(options: FieldOptions): PropertyDecorator {
  return Field(options, FEATURES, featuresFault);
}

/** Features in a query string: the parameter repeated. One parameter is a list of one feature. */
export function QueryFeaturesField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (value === undefined || Array.isArray(value) ? value : [value])),
    FeaturesField(options),
  );
}
