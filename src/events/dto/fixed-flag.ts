import { ApiProperty } from '@nestjs/swagger';

/** A property that has one value in each form of a body, and so tells the forms apart. */
export function FixedFlag(value: boolean, description: string): PropertyDecorator {
  return ApiProperty({ description, type: 'boolean', enum: [value], example: value });
}
