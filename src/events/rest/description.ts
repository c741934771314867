import { invalidInput } from '../../errors/domain-error.js';

/**
 * The description, which comes in as `desc` or as `description`; null: none; undefined: nothing was said.
 * @throws {DomainError} invalid, naming `desc`, where both are said and differ
 */
export function describedIn({
  desc,
  description,
}: {
  readonly desc?: string | null;
  readonly description?: string | null;
}): string | null | undefined {
  if (desc !== undefined && description !== undefined && desc !== description) {
    throw invalidInput({ field: 'desc', message: 'differs from description: say one of them' });
  }
  const said = description === undefined ? desc : description;
  return said === '' ? null : said;
}
