import { EmailField } from '../../http/fields/email-field.js';

export class FindUsersDto {
  @EmailField({ description: 'The address of the user. Upper and lower case are equal.' })
  email!: string;
}
