/**
 * Runs work on the same subject one after the other, in the order of the calls. Work on other subjects runs at the
 * same time. Other processes do not wait.
 */
export class Turns {
  /** By subject: the end of the work that was added last. */
  private readonly last = new Map<string, Promise<void>>();

  /** Runs `work` once the earlier work on each of the subjects has ended. */
  async take<T>(subjects: readonly string[], work: () => Promise<T>): Promise<T> {
    const earlier = subjects.flatMap((subject) => this.last.get(subject) ?? []);
    const end = this.begin(subjects);
    try {
      await Promise.all(earlier);
      return await work();
    } finally {
      end();
    }
  }

  /** Begins work on the subjects if no other work on any of them runs or waits. @returns the function that ends it, or null */
  tryBegin(subjects: readonly string[]): (() => void) | null {
    return subjects.some((subject) => this.last.has(subject)) ? null : this.begin(subjects);
  }

  /** Takes its place on all subjects at once, so that no two wait for each other. */
  private begin(subjects: readonly string[]): () => void {
    let resolveEnd!: () => void;
    const ended = new Promise<void>((resolve) => {
      resolveEnd = resolve;
    });
    for (const subject of subjects) this.last.set(subject, ended);
    return () => {
      for (const subject of subjects) if (this.last.get(subject) === ended) this.last.delete(subject);
      resolveEnd();
    };
  }
}
