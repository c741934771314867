import { TextField } from '../../common/fields/text-field.js';

/** What an invitee may say with an answer. */
export class AnswerDto {
  @TextField({
    description: 'A word to the organizer; absent: what was said before stays.',
    example: 'I shall be five minutes late.',
    min: 0,
    max: 1000,
    optional: true,
    nullable: true,
  })
  comment?: string | null;
}
