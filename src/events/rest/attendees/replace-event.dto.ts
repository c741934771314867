import { DocumentedAs } from '../../../http/document/documented-as.js';
import { FlagField } from '../../../http/fields/choice-field.js';
import { CreateEventDto } from '../dto/create-event.dto.js';

@DocumentedAs('EventReplacement', 'An event as it has to be from now on.')
export class ReplaceEventDto extends CreateEventDto {
  @FlagField({
    description:
      'Whether answers stay if the start, the end or the location of their occurrence changes. By default such an answer becomes `needs_action`.',
    example: false,
    optional: true,
    default: false,
  })
  keep_answers?: boolean;
}
