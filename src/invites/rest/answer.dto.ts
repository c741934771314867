import { DocumentedAs } from '../../http/document/documented-as.js';
import { TextField } from '../../http/fields/text-field.js';
import { WhenField } from '../../http/fields/when-field.js';

/** What an invitee may say with an answer. */
@DocumentedAs('Answer', 'What an invitee may say with an answer.')
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

  @WhenField({
    description:
      'Only this occurrence of a series: its original start as listed, an instant, or a date when the event is all-day.',
    example: '2022-09-12T14:16:47Z',
    optional: true,
  })
  original_start?: string;
}
