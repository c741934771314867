import { ChoiceField } from '../../http/fields/choice-field.js';

export const CHILDREN = ['keep', 'revoke'] as const;

export class DeleteApiKeyDto {
  @ChoiceField(CHILDREN, {
    description:
      'Whether to revoke the keys that the key made too, and the keys that those made. The default is `keep`.',
    example: 'revoke',
    optional: true,
  })
  children?: (typeof CHILDREN)[number];
}
