import { ApiSchema, PartialType } from '@nestjs/swagger';
import { ChangesBody } from '../../common/body/changes-body.js';
import { PasswordField } from '../../common/fields/password-field.js';
import { CreateUserDto } from './create-user.dto.js';

/** What is absent stays as it is. */
@ChangesBody()
@ApiSchema({ description: 'What to change of a user; what is absent stays as it is.' })
export class UpdateUserDto extends PartialType(CreateUserDto, { skipNullProperties: false }) {
  @PasswordField({
    description:
      'Needed with `password` where the user has one already. A new one logs the user out everywhere.',
    min: 1,
    optional: true,
  })
  current_password?: string;
}
