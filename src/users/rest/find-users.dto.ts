import { EmailField } from '../../http/fields/email-field.js';

export class FindUsersDto {
  @EmailField({ description: 'The address to look for, in any case.' })
  email!: string;
}
