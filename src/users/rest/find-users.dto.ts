import { EmailField } from '../../http/fields/email-field.js';

export class FindUsersDto {
  @EmailField({ description: 'The address of the user. The service ignores the case of its letters.' })
  email!: string;
}
