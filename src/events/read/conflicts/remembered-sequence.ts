/**
 * A sequence that can be read several times, although its source can be read once. It reads no more of the source than
 * the furthest of its readers.
 *
 * @example
 * const squares = new RememberedSequence([1, 2, 3].values(), (n) => n * n);
 * [...squares]; // [1, 4, 9]
 */
export class RememberedSequence<S, T> implements Iterable<T> {
  private readonly known: T[] = [];

  constructor(
    private readonly source: Iterator<S>,
    private readonly map: (element: S) => T,
  ) {}

  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (let at = 0; ; at += 1) {
      if (at === this.known.length) {
        const next = this.source.next();
        if (next.done) return;
        this.known.push(this.map(next.value));
      }
      yield this.known[at];
    }
  }
}
