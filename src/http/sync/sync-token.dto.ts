import { TextField } from '../fields/text-field.js';
import { MAX_PAGE_TOKEN_LENGTH } from '../page/page.dto.js';

const EXAMPLE = '';

const DESCRIPTION =
  'Asks for an incremental list. Empty: all events, in pages; a token: the events that have changed since. The last page has ' +
  'the token to continue from in the header `Sync-Token`.';

export class SyncTokenDto {
  @TextField({ description: DESCRIPTION, example: EXAMPLE, min: 0, max: MAX_PAGE_TOKEN_LENGTH })
  sync_token!: string;
}

export class OptionalSyncTokenDto {
  @TextField({
    description: `${DESCRIPTION} \`from\`, \`to\`, \`expand\` and \`show_cancelled\` must then be absent.`,
    example: EXAMPLE,
    min: 0,
    max: MAX_PAGE_TOKEN_LENGTH,
    optional: true,
  })
  sync_token?: string;
}
