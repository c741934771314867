import { QueryIntegerField } from '../fields/integer-field.js';
import { TextField } from '../fields/text-field.js';

/**
 * A client that needs more elements follows `Link`.
 * @public `docs/limits.md` lists it.
 */
export const MAX_PAGE_SIZE = 1_000;

const DEFAULT_PAGE_SIZE = 250;

/**
 * Characters. A token holds the sort keys of one element, which are a few numbers; of an incremental list, two positions in
 * the log of changes.
 * @public `docs/limits.md` lists it.
 */
export const MAX_PAGE_TOKEN_LENGTH = 1_000;

export class PageDto {
  @QueryIntegerField({
    description: 'The maximum number of elements of a page. The `Link` header has the URL of the next page.',
    example: 100,
    min: 1,
    max: MAX_PAGE_SIZE,
    optional: true,
    default: DEFAULT_PAGE_SIZE,
  })
  limit: number = DEFAULT_PAGE_SIZE;

  @TextField({
    description: 'The token of the page, from the `Link` header of the previous page.',
    example: 'WzI1MF0',
    max: MAX_PAGE_TOKEN_LENGTH,
    optional: true,
  })
  page_token?: string;
}
