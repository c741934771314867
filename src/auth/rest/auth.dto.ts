import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { EmailField } from '../../http/fields/email-field.js';
import { PasswordField } from '../../http/fields/password-field.js';
import { TextField } from '../../http/fields/text-field.js';
import { ACCESS_TOKEN_LIFETIME } from '../secrets/access-tokens.js';

@DocumentedAs('Login', 'An address and its password.')
export class LoginDto {
  @EmailField({ description: 'The address that the user signed up with, in any case.' })
  email!: string;

  @PasswordField({ description: 'The password that the user signed up with.', min: 1 })
  password!: string;
}

@DocumentedAs('RefreshToken', 'The refresh token to use up.')
export class RefreshDto {
  @TextField({
    description: 'The refresh token that came last.',
    example: 'jPR5nTqVcNmR6J1qyLJ0tVxvF1U4vPjXy2XHnqXg5cE',
    max: 200,
  })
  refresh_token!: string;
}

@DocumentedAs('Tokens', 'What a login gives: a token to call with, and one to get the next with.')
export class TokensDto {
  @ApiProperty({
    description: 'Shown as `Authorization: Bearer …`.',
    example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  })
  access_token!: string;

  @ApiProperty({ description: 'How it is shown.', enum: ['Bearer'], example: 'Bearer' })
  token_type!: 'Bearer';

  @ApiProperty({
    description: 'Seconds for which the access token is good.',
    type: 'integer',
    example: ACCESS_TOKEN_LIFETIME,
  })
  expires_in!: number;

  @ApiProperty({
    description: 'Exchanged for new tokens, once; good for 30 days.',
    example: 'jPR5nTqVcNmR6J1qyLJ0tVxvF1U4vPjXy2XHnqXg5cE',
  })
  refresh_token!: string;
}
