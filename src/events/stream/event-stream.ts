/** A place in the list of changes: a token, and a page of the changes since. */
export interface StreamPosition {
  readonly token: string;
  /** Null: the first page. */
  readonly page: string | null;
}

/** A page of the changes since a token. */
export interface ReadChanges<Item> {
  readonly items: readonly Item[];
  /** The next page, or, after the last one, the new token. */
  readonly next: StreamPosition;
}

/** A part of a stream: a change, or, without an item, a sign of life. */
export interface StreamMessage<Item> {
  /** The place in the list of changes, from which a client can continue. */
  readonly token: string;
  readonly item: Item | null;
}

/** Identifies an item and its state, so that a repeat is known. */
type Fingerprint<Item> = (item: Item) => { readonly id: number; readonly state: string };

/**
 * One stream of changes. It reads the changes since its token whenever it is woken, as fast as the client takes them: the
 * changes that a slow client has not taken wait in the log, not in memory.
 */
export class EventStream<Item> {
  private woken = true;
  private ended = false;
  private beatDue = false;
  /** The page that `prepare` has read; null: none, or it was sent. */
  private prepared: ReadChanges<Item> | null = null;
  private resume: (() => void) | null = null;
  /** The states of the items of the last read, by id: a read repeats changes that were committed late. */
  private sent = new Map<number, string>();

  /**
   * @param read reads a page of the changes since a token. @param token the place of the last change that the client has
   */
  constructor(
    private readonly read: (position: StreamPosition) => Promise<ReadChanges<Item>>,
    private token: string,
    private readonly fingerprint: Fingerprint<Item>,
  ) {}

  /**
   * Reads the first page before the first message, so that a token from which the stream cannot continue is refused. A wake
   * in the meantime leads to another read after this page. @throws as `read`
   */
  async prepare(): Promise<void> {
    this.woken = false;
    this.prepared = await this.read({ token: this.token, page: null });
  }

  /** Reads the log soon. */
  wake(): void {
    this.woken = true;
    this.resume?.();
  }

  /** Sends a sign of life. */
  beat(): void {
    this.beatDue = true;
    this.resume?.();
  }

  /** Ends the stream after the message in progress. */
  end(): void {
    this.ended = true;
    this.resume?.();
  }

  /** The messages, a sign of life first, until `end`. */
  async *messages(): AsyncGenerator<StreamMessage<Item>, void, undefined> {
    yield { token: this.token, item: null };
    while (!this.ended) {
      if (this.prepared) {
        const first = this.prepared;
        this.prepared = null;
        yield* this.newMessages(first);
      } else if (this.woken) {
        this.woken = false;
        yield* this.newMessages(await this.read({ token: this.token, page: null }));
      } else if (this.beatDue) {
        this.beatDue = false;
        yield { token: this.token, item: null };
      } else {
        await new Promise<void>((resolve) => {
          this.resume = resolve;
        });
        this.resume = null;
      }
    }
  }

  /** Only the last message has the new token: a client that continues from another one gets the rest again. */
  private async *newMessages(first: ReadChanges<Item>): AsyncGenerator<StreamMessage<Item>, void, undefined> {
    const states = new Map<number, string>();
    for (let page = first; ; page = await this.read(page.next)) {
      const { items, next } = page;
      const fresh = items.filter((item) => {
        const { id, state } = this.fingerprint(item);
        states.set(id, state);
        return this.sent.get(id) !== state;
      });
      for (const [index, item] of fresh.entries()) {
        if (this.ended) return;
        const isLast = next.page === null && index === fresh.length - 1;
        yield { token: isLast ? next.token : this.token, item };
      }
      if (next.page === null) {
        this.sent = states;
        this.token = next.token;
        return;
      }
    }
  }
}
