import { ApiProperty } from '@nestjs/swagger';
import { SCOPES, type Scope } from '../../access/scope.js';
import { RESERVED_SCOPES_TEXT } from '../../access/scopes-field.js';
import { DocumentedAs } from '../../http/document/documented-as.js';

@DocumentedAs('ApiKey', 'An API key, without its secret.')
export class ApiKeyDto {
  @ApiProperty({ description: 'The id of the key.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ description: 'The name of the program that uses the key.', example: 'backend' })
  name!: string;

  @ApiProperty({ description: 'The public part of the key, which logs name.', example: 'k3v9x0q2ma' })
  prefix!: string;

  @ApiProperty({
    description: `What the key may do. ${RESERVED_SCOPES_TEXT}`,
    enum: SCOPES,
    isArray: true,
    example: ['events.read'],
  })
  scopes!: Scope[];

  @ApiProperty({
    description: 'The key that made this key; null: an operator, or the creation of a tenant, made it.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  created_by_key_id!: number | null;

  @ApiProperty({
    description: 'When the key was made.',
    format: 'date-time',
    example: '2026-11-26T10:00:00.000Z',
  })
  created_at!: string;

  @ApiProperty({
    description: 'The instant from which the key is invalid; null: never.',
    format: 'date-time',
    type: 'string',
    nullable: true,
    example: null,
  })
  expires_at!: string | null;

  @ApiProperty({
    description: 'When a request last had the key, to the minute; null: never.',
    format: 'date-time',
    type: 'string',
    nullable: true,
    example: null,
  })
  last_used_at!: string | null;
}

@DocumentedAs('CreatedApiKey', 'A new API key, with its secret.')
export class CreatedApiKeyDto extends ApiKeyDto {
  @ApiProperty({
    description: 'The key for the header `Authorization: Bearer …`. Only this response has it.',
    example: 'cal_k3v9x0q2ma_2ZQhPq0zqv7cX0m9aKp1Qb6eG3rVtYw8sUdNfLhJxCo',
  })
  key!: string;
}
