import { QueryIntegerField } from '../fields/integer-field.js';
import { TextField } from '../fields/text-field.js';

const DEFAULT_LIMIT = 250;

export class PageDto {
  @QueryIntegerField({
    description: 'The maximum number of elements of a page. The `Link` header has the URL of the next page.',
    example: 100,
    min: 1,
    max: 1000,
    optional: true,
    default: DEFAULT_LIMIT,
  })
  limit: number = DEFAULT_LIMIT;

  @TextField({
    description: 'The token of the page, from the `Link` header of the previous page.',
    example: 'WzI1MF0',
    max: 200,
    optional: true,
  })
  page_token?: string;
}
