import type { ContentLine } from '../model/content-line.js';

/**
 * How the fields of a group of properties are read and written. `write` depends on the fields alone, and `read` returns the
 * fields that `write` wrote. So two lists of properties mean the same exactly if `write(read(…))` is the same of both.
 */
export interface FieldForm<Fields> {
  read(lines: readonly ContentLine[]): Fields;
  write(fields: Fields): ContentLine[];
}
