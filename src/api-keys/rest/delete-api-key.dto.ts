import { ChoiceField } from '../../http/fields/choice-field.js';

export const CHILDREN = ['keep', 'revoke'] as const;

export class DeleteApiKeyDto {
  @ChoiceField(CHILDREN, {
    description:
      'Whether to revoke the keys that the key made too, and the keys that those made. The default is `keep`. After the key is revoked, the response is 404; `listApiKeys` then shows the keys that it made by their `created_by_key_id`.',
    example: 'revoke',
    optional: true,
  })
  children?: (typeof CHILDREN)[number];
}
