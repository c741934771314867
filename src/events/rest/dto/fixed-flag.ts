import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

/** A property that has one value in each form of a body, and so tells the forms apart. */
export function FixedFlag(value: boolean, description: string): PropertyDecorator {
  // Some generators make a literal type of `const` alone, some of `enum` alone.
  return ApiProperty({
    description,
    type: 'boolean',
    enum: [value],
    const: value,
    example: value,
  } as ApiPropertyOptions);
}
