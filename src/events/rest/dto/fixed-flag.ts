import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

/** A property with one value in each form of a body, by which clients distinguish the forms. */
export function FixedFlag(value: boolean, description: string): PropertyDecorator {
  // Some generators derive a literal type from `const` alone, some from `enum` alone.
  return ApiProperty({
    description,
    type: 'boolean',
    enum: [value],
    const: value,
    example: value,
  } as ApiPropertyOptions);
}
