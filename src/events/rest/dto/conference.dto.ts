import { DocumentedAs } from '../../../http/document/documented-as.js';
import { TextField } from '../../../http/fields/text-field.js';
import { WebUrlField } from '../../../http/fields/web-url-field.js';
import { MAX_CONFERENCE_TEXT_LENGTH } from '../../model/appearance/event-appearance.js';

@DocumentedAs(
  'Conference',
  'Where people meet who are not at the location of the event. A request names `url`, `phone` or both.',
)
export class ConferenceDto {
  @WebUrlField({
    description: 'The `http` or `https` URL at which people join.',
    example: 'https://meet.example/planning',
    optional: true,
    nullable: true,
  })
  url?: string | null;

  @TextField({
    description: 'The name of the service.',
    example: 'Jitsi',
    max: MAX_CONFERENCE_TEXT_LENGTH,
    optional: true,
    nullable: true,
  })
  provider?: string | null;

  @TextField({
    description: 'The phone number by which people join.',
    example: '+49 30 1234567',
    max: MAX_CONFERENCE_TEXT_LENGTH,
    optional: true,
    nullable: true,
  })
  phone?: string | null;

  @TextField({
    description: 'The PIN for the phone or for the page.',
    example: '1234',
    max: MAX_CONFERENCE_TEXT_LENGTH,
    optional: true,
    nullable: true,
  })
  pin?: string | null;
}
