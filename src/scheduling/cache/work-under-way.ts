/** The work under way, by the names of what it concerns. */
export class WorkUnderWay {
  private readonly running = new Map<string, Promise<unknown>>();

  /** The work on one of these names. */
  on(names: readonly string[]): Promise<unknown>[] {
    return names.flatMap((name) => this.running.get(name) ?? []);
  }

  /** Runs work on these names. No other work on one of them may be under way. */
  async run(names: readonly string[], work: () => Promise<void>): Promise<void> {
    const running = work();
    for (const name of names) this.running.set(name, running);
    try {
      await running;
    } finally {
      for (const name of names) this.running.delete(name);
    }
  }
}
