import { ContextVariable } from '../../platform/context/context-variable.js';

/** The author of the changes of a transaction. The log of changes keeps it. */
export interface ChangeAuthor {
  /** Null: no user. */
  readonly userId: number | null;
  /** Null: no API key. */
  readonly apiKeyId: number | null;
}

const current = new ContextVariable<ChangeAuthor>();

/** Runs `work`, and the asynchronous calls that it starts. Its transactions have this author. */
export function runAsAuthor<T>(author: ChangeAuthor, work: () => T): T {
  return current.run(author, work);
}

/** The author of the changes of the present call, in the form of the setting `calendar.author`; empty: the service itself. */
export function presentAuthor(): string {
  const author = current.get();
  if (!author || (author.userId === null && author.apiKeyId === null)) return '';
  return `${author.userId ?? ''}:${author.apiKeyId ?? ''}`;
}

/** The SQL that states the author of the running transaction; null: the service itself. */
export function statementOfAuthor(): string | null {
  const author = presentAuthor();
  return author === '' ? null : `SET LOCAL calendar.author = '${author}'`;
}
