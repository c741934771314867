import { MAX_COMMENT_LENGTH } from '../../events/model/event-limits.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { TextField } from '../../http/fields/text-field.js';
import { WhenField } from '../../http/fields/when-field.js';

@DocumentedAs('Answer', 'The details of an answer to an invite.')
export class AnswerDto {
  @TextField({
    description: 'A comment for the organizer. Absent: the comment of the previous answer stays.',
    example: 'I shall be five minutes late.',
    min: 0,
    max: MAX_COMMENT_LENGTH,
    optional: true,
    nullable: true,
  })
  comment?: string | null;

  @WhenField({
    description:
      'The occurrence of a series to answer, by its original start: an instant, or a date for an all-day event. Absent: the answer is to the whole event.',
    example: '2022-09-12T14:16:47Z',
    optional: true,
  })
  original_start?: string;
}
