import { QueryIntegerField } from '../fields/integer-field.js';
import { TextField } from '../fields/text-field.js';

const DEFAULT_LIMIT = 250;

export class PageDto {
  @QueryIntegerField({
    description: 'The most elements of one answer; the next ones follow by the Link header.',
    example: 100,
    min: 1,
    max: 1000,
    optional: true,
    default: DEFAULT_LIMIT,
  })
  limit: number = DEFAULT_LIMIT;

  @TextField({
    description: 'Where to go on, from the Link header of the page before.',
    example: 'WzI1MF0',
    max: 200,
    optional: true,
  })
  page_token?: string;
}
