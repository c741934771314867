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

/** The SQL that states the author of the running transaction; null: the service itself. */
export function statementOfAuthor(): string | null {
  const author = current.get();
  if (!author || (author.userId === null && author.apiKeyId === null)) return null;
  return `SET LOCAL calendar.author = '${author.userId ?? ''}:${author.apiKeyId ?? ''}'`;
}
