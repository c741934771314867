import { PartialType } from '@nestjs/swagger';
import { ChangesBody } from '../../http/body/changes-body.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { PasswordField } from '../../http/fields/password-field.js';
import { CreateUserDto } from './create-user.dto.js';

@ChangesBody()
@DocumentedAs('UserPatch', 'The fields of a user to change. Absent fields keep their values.')
export class UpdateUserDto extends PartialType(CreateUserDto, { skipNullProperties: false }) {
  @PasswordField({
    description:
      'Required with `password` if the user has a password already; a new password ends every session and token of the user. With a new `email`, it replaces a fresh login.',
    min: 1,
    optional: true,
  })
  current_password?: string;
}
