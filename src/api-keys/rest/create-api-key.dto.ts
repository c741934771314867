import type { Scope } from '../../access/scope.js';
import { ALL_SCOPES, RESERVED_SCOPES_TEXT, ScopesField } from '../../access/scopes-field.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { InstantField } from '../../http/fields/instant-field.js';
import { TextField } from '../../http/fields/text-field.js';
import { MAX_API_KEY_NAME_LENGTH } from '../model/api-key-record.js';

@DocumentedAs('NewApiKey', 'A new API key.')
export class CreateApiKeyDto {
  @TextField({
    description: 'The name of the program that uses the key.',
    example: 'backend',
    max: MAX_API_KEY_NAME_LENGTH,
  })
  name!: string;

  @ScopesField({
    description: `What the key may do: a list of scopes, or \`${ALL_SCOPES}\` for every scope of the creating key. A key cannot grant a scope that it lacks. ${RESERVED_SCOPES_TEXT}`,
    example: ['events.read', 'events.write'],
  })
  scopes!: Scope[] | typeof ALL_SCOPES;

  @InstantField({
    description:
      'The instant from which the key is invalid; null: never. The new key expires no later than the key that makes it: a later instant, or null, becomes the `expires_at` of that key.',
    example: '2027-01-01T00:00:00Z',
    optional: true,
    nullable: true,
  })
  expires_at?: string | null;
}
