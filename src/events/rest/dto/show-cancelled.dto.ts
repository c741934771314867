import { QueryFlagField } from '../../../http/fields/choice-field.js';

export class ShowCancelledDto {
  @QueryFlagField({
    description:
      'Whether the list has cancelled events and occurrences, too; their `status` is `cancelled`. If a cancelled event ' +
      'is private, the list has it only for callers who see its details.',
    example: false,
    optional: true,
    default: false,
  })
  show_cancelled?: boolean;
}
