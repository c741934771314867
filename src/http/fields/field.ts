import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';

export interface FieldOptions {
  readonly description: string;
  readonly example?: unknown;
  /** The key may be absent. */
  readonly optional?: boolean;
  /** The value may be `null`, which has a meaning of its own. */
  readonly nullable?: boolean;
  /** The value of an absent key, shown in the document. */
  readonly default?: unknown;
}

/** The message for a required field or parameter that is absent. */
export const REQUIRED_MESSAGE = 'is required';

/**
 * Returns the fault of a value, or null if it has none. The value is present, and not null if the field may be null.
 */
export type FaultOf = (value: unknown) => string | null;

/** One property of a request: its place in the OpenAPI document and its check, from one declaration. */
export function Field(options: FieldOptions, schema: ApiPropertyOptions, fault: FaultOf): PropertyDecorator {
  return applyDecorators(
    documented(options, schema),
    ...presence(options),
    ValidateBy({
      name: 'field',
      validator: {
        validate: (value: unknown) => value !== undefined && fault(value) === null,
        defaultMessage: (args) => (args?.value === undefined ? REQUIRED_MESSAGE : (fault(args.value) ?? '')),
      },
    }),
  );
}

export function documented(options: FieldOptions, schema: ApiPropertyOptions): PropertyDecorator {
  const { optional = false, nullable = false, ...rest } = options;
  return ApiProperty({
    ...schema,
    ...rest,
    required: !optional,
    ...(nullable ? { nullable: true } : {}),
  } as ApiPropertyOptions);
}

/** Skips the other checks of a property that is absent or null, if it may be so. */
export function presence({ optional = false, nullable = false }: FieldOptions): PropertyDecorator[] {
  if (!optional && !nullable) return [];
  return [
    ValidateIf((_, value: unknown) => !((optional && value === undefined) || (nullable && value === null))),
  ];
}
