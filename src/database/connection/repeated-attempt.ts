/** Ends an attempt of a transaction, because its next step must not hold a connection. */
export class StepOutside extends Error {
  constructor(
    readonly key: string,
    readonly work: () => Promise<unknown>,
  ) {
    super('A step of the transaction runs outside of it first.');
  }
}

/** Ends an attempt of a transaction, because it would wait for its turn with a connection. */
export class TurnTaken extends Error {
  constructor(readonly subjects: readonly string[]) {
    super('The transaction waits for its turn first.');
  }
}
