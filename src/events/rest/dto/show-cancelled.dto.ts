import { QueryFlagField } from '../../../http/fields/choice-field.js';

export class ShowCancelledDto {
  @QueryFlagField({
    description:
      'Whether the list holds cancelled events and occurrences too; their `status` is `cancelled`. A private one is ' +
      'listed only for callers who see its details.',
    example: false,
    optional: true,
    default: false,
  })
  show_cancelled?: boolean;
}
