import { DocumentedAs } from '../../http/document/documented-as.js';
import { EmailField } from '../../http/fields/email-field.js';
import { PasswordField } from '../../http/fields/password-field.js';
import { TextField } from '../../http/fields/text-field.js';
import { PASSWORD_MIN_LENGTH } from '../secrets/passwords.js';
import { MAX_TOKEN_LENGTH } from '../secrets/random-token.js';
import { TenantIdField } from './tenant-id-field.js';

const NEW_PASSWORD = 'another horse, another battery';

@DocumentedAs('PasswordChange', 'The present and the new password of the caller.')
export class ChangePasswordDto {
  @PasswordField({ description: 'The present password.', min: 1 })
  current_password!: string;

  @PasswordField({
    description: 'The new password, of any characters.',
    example: NEW_PASSWORD,
    min: PASSWORD_MIN_LENGTH,
  })
  new_password!: string;
}

@DocumentedAs('ForgottenPassword', 'The address of a user who has forgotten the password.')
export class ForgotPasswordDto {
  @EmailField({ description: 'The address of the user. The service ignores the case of its letters.' })
  email!: string;

  @TenantIdField()
  tenant_id?: number;
}

@DocumentedAs('PasswordReset', 'The token of a mail, and a new password.')
export class ResetPasswordDto {
  @TextField({
    description: 'The token in the mail.',
    example: '1.3.jPR5nTqVcNmR6J1qyLJ0tVxvF1U4vPjXy2XHnqXg5cE',
    max: MAX_TOKEN_LENGTH,
  })
  token!: string;

  @PasswordField({
    description: 'The new password, of any characters.',
    example: NEW_PASSWORD,
    min: PASSWORD_MIN_LENGTH,
  })
  new_password!: string;
}
