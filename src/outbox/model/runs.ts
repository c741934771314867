import type { OutboxMessage } from './outbox-message.js';

/** A due message that this process has locked. */
export interface DueMessage extends OutboxMessage {
  /** The pending message of the group before this one; null: the message is the first, or has no group. */
  readonly previousId: number | null;
  /** When the attempt of the message before is due; null: an attempt is under way, or there is no message before. */
  readonly previousDueAt: Date | null;
}

/** A message that must wait for an attempt of a message before, and when that attempt is due. */
export interface Blocked {
  readonly message: DueMessage;
  readonly until: Date;
}

/**
 * Puts due messages together: a message of a group goes behind the message before, if that one is due too. A run has at
 * most `longest` messages.
 * @returns the runs, in the order of their first messages, and the messages that wait for an attempt of a message before
 */
export function runsOf(
  messages: readonly DueMessage[],
  longest: number,
): { readonly runs: (readonly DueMessage[])[]; readonly blocked: Blocked[] } {
  const runs = new Map<number, DueMessage[]>();
  const runOfLast = new Map<number, DueMessage[]>();
  const blocked = new Map<number, Blocked>();
  for (const message of messages.toSorted((one, other) => one.id - other.id)) {
    const { id, previousId, previousDueAt } = message;
    const run: DueMessage[] | undefined = previousId === null ? [] : runOfLast.get(previousId);
    if (run && run.length < longest) {
      run.push(message);
      runOfLast.set(id, run);
      if (previousId === null) runs.set(id, run);
    }
    const until = previousId === null ? null : (blocked.get(previousId)?.until ?? previousDueAt);
    if (until !== null) blocked.set(id, { message, until });
  }
  const inOrder = messages.map(({ id }) => runs.get(id)).filter((run) => run !== undefined);
  return { runs: inOrder, blocked: [...blocked.values()] };
}
