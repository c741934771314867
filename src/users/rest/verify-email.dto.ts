import { MAX_TOKEN_LENGTH } from '../../auth/secrets/random-token.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { TextField } from '../../http/fields/text-field.js';

const TOKEN = 'jPR5nTqVcNmR6J1qyLJ0tVxvF1U4vPjXy2XHnqXg5cE';

@DocumentedAs('EmailVerification', 'The token of a verification mail. Without it, the service mails one.')
export class VerifyEmailDto {
  @TextField({ description: 'The token in the mail.', example: TOKEN, max: MAX_TOKEN_LENGTH, optional: true })
  token?: string;
}
