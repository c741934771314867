import { ApiProperty } from '@nestjs/swagger';
import { SECOND } from '../../calendar/time/civil-time.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { EmailField } from '../../http/fields/email-field.js';
import { PasswordField } from '../../http/fields/password-field.js';
import { TextField } from '../../http/fields/text-field.js';
import { durationText } from '../../platform/values/duration.js';
import { ACCESS_TOKEN_LIFETIME } from '../secrets/access-tokens.js';
import { MAX_TOKEN_LENGTH } from '../secrets/random-token.js';
import { SESSION_LIFETIME } from '../sessions/sessions.service.js';
import { TenantIdField } from './tenant-id-field.js';

@DocumentedAs('Login', 'The address and the password of a user.')
export class LoginDto {
  @EmailField({ description: 'The address of the user. The service ignores the case of its letters.' })
  email!: string;

  @PasswordField({ description: 'The password of the user.', min: 1 })
  password!: string;

  @TenantIdField()
  tenant_id?: number;
}

@DocumentedAs('RefreshToken', 'A refresh token.')
export class RefreshDto {
  @TextField({
    description: 'The newest refresh token of the session.',
    example: 'jPR5nTqVcNmR6J1qyLJ0tVxvF1U4vPjXy2XHnqXg5cE',
    max: MAX_TOKEN_LENGTH,
  })
  refresh_token!: string;
}

@DocumentedAs('Tokens', 'An access token for requests, and a refresh token for the next access token.')
export class TokensDto {
  @ApiProperty({
    description: 'The token for the header `Authorization: Bearer …`.',
    example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  })
  access_token!: string;

  @ApiProperty({ description: 'The scheme of the header.', enum: ['Bearer'], example: 'Bearer' })
  token_type!: 'Bearer';

  @ApiProperty({
    description: 'Seconds until the access token expires.',
    type: 'integer',
    example: ACCESS_TOKEN_LIFETIME,
  })
  expires_in!: number;

  @ApiProperty({
    description: `A token that a client can exchange for new tokens, once and within ${durationText(SESSION_LIFETIME / SECOND)}.`,
    example: 'jPR5nTqVcNmR6J1qyLJ0tVxvF1U4vPjXy2XHnqXg5cE',
  })
  refresh_token!: string;
}
