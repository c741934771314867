/**
 * Lets work on the same subject run one after the other, in the order of asking, while work on other subjects goes on.
 * It holds within this process alone.
 */
export class Turns {
  /** By subject, the end of the work that asked last. */
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs `work` once the earlier work on each of the subjects has ended. */
  async take<T>(subjects: readonly string[], work: () => Promise<T>): Promise<T> {
    // All subjects at once, so that no two wait for each other.
    const earlier = subjects.flatMap((subject) => this.last.get(subject) ?? []);
    const running = Promise.all(earlier).then(work);
    const ended = running.catch(() => undefined);
    for (const subject of subjects) this.last.set(subject, ended);
    try {
      return await running;
    } finally {
      for (const subject of subjects) {
        if (this.last.get(subject) === ended) this.last.delete(subject);
      }
    }
  }
}
