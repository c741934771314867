import { ApiProperty } from '@nestjs/swagger';
import type { Scope } from '../../access/scope.js';
import { ALL_SCOPES, ScopesField } from '../../access/scopes-field.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { DurationField } from '../../http/fields/duration-field.js';
import { IdField } from '../../http/fields/integer-field.js';
import {
  DEFAULT_EXCHANGED_TOKEN_LIFETIME,
  MAX_EXCHANGED_TOKEN_LIFETIME,
  MIN_EXCHANGED_TOKEN_LIFETIME,
} from '../exchange/token-exchange.service.js';

@DocumentedAs('TokenExchange', 'A request for a token by which a browser acts as a user.')
export class TokenExchangeDto {
  @IdField({ description: 'The user that the token acts as.' })
  user_id!: number;

  @DurationField({
    description: 'The time for which the token is valid: whole seconds, or a duration such as `15m`.',
    example: DEFAULT_EXCHANGED_TOKEN_LIFETIME,
    min: MIN_EXCHANGED_TOKEN_LIFETIME,
    max: MAX_EXCHANGED_TOKEN_LIFETIME,
    optional: true,
    default: DEFAULT_EXCHANGED_TOKEN_LIFETIME,
  })
  expires_in: number = DEFAULT_EXCHANGED_TOKEN_LIFETIME;

  @ScopesField({
    description: `The scopes of the token: \`${ALL_SCOPES}\`, which is the default, means those of the key. Others must be scopes of the key.`,
    example: ['events.read', 'availability.read'],
    optional: true,
  })
  scopes?: Scope[] | typeof ALL_SCOPES;
}

@DocumentedAs('ExchangedToken', 'A token by which a browser acts as a user.')
export class ExchangedTokenDto {
  @ApiProperty({
    description: 'The token for the header `Authorization: Bearer …`.',
    example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImV4Y2hhbmdlZCtqd3QifQ.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  })
  access_token!: string;

  @ApiProperty({ description: 'The scheme of the header.', enum: ['Bearer'], example: 'Bearer' })
  token_type!: 'Bearer';

  @ApiProperty({
    description: 'Seconds until the token expires.',
    type: 'integer',
    example: DEFAULT_EXCHANGED_TOKEN_LIFETIME,
  })
  expires_in!: number;
}
