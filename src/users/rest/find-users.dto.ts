import { ChoiceField } from '../../http/fields/choice-field.js';
import { EmailField } from '../../http/fields/email-field.js';
import { ExternalIdFilterField } from '../../http/fields/product/product-data-fields.js';
import { TextField } from '../../http/fields/text-field.js';
import { PageDto } from '../../http/page/page.dto.js';
import { MAX_USER_SEARCH_LENGTH } from '../model/search/user-query.js';
import { USER_KINDS, type UserKind } from '../model/user-record.js';

export class FindUsersDto extends PageDto {
  @EmailField({
    description:
      'The address of the user. The service ignores the case of its letters. Required for every caller but an API key.',
    optional: true,
  })
  email?: string;

  @TextField({
    description:
      'Words, each of which is a part of the name or of the address. The service ignores case and accents. For API keys.',
    example: 'mash example.com',
    max: MAX_USER_SEARCH_LENGTH,
    optional: true,
  })
  q?: string;

  @ExternalIdFilterField("The product's own id of the user. For API keys.", 'crm-4711')
  external_id?: string;

  @ChoiceField(USER_KINDS, {
    description: 'The kind of users to list. Without it, the list has persons. For API keys.',
    example: 'person',
    optional: true,
  })
  kind?: UserKind;
}
