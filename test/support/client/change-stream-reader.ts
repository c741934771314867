/** A change, as the stream sends it. */
export interface StreamedChange {
  readonly id: number;
  readonly [field: string]: unknown;
}

/** Reads a stream of Server-Sent Events, as a client without a library does. */
export class ChangeStreamReader {
  /** The id from which a client would continue. */
  lastEventId: string | undefined;
  private text = '';
  private isAtEnd = false;

  private constructor(
    readonly headers: Headers,
    private readonly reader: ReadableStreamDefaultReader<Uint8Array>,
    private readonly hangUp: AbortController,
  ) {}

  /** @throws {Error} unless the stream starts */
  static async open(url: string, token: string, lastEventId?: string): Promise<ChangeStreamReader> {
    const hangUp = new AbortController();
    const response = await fetch(`${url}/changes:stream`, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
      signal: hangUp.signal,
    });
    if (response.status !== 200 || !response.body) throw new Error(await response.text());
    return new ChangeStreamReader(response.headers, response.body.getReader(), hangUp);
  }

  /** The next change. Skips signs of life. */
  async next(): Promise<StreamedChange> {
    for (;;) {
      const [block] = await this.blocks(1);
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data === undefined) continue;
      if (!/^event: change$/m.test(block)) throw new Error(`The message is no change: ${block}`);
      return JSON.parse(data) as StreamedChange;
    }
  }

  /** The next blocks, each without its empty line. @throws {Error} if the stream ends before */
  async blocks(count: number): Promise<string[]> {
    const blocks: string[] = [];
    while (blocks.length < count) {
      const end = this.text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.text.slice(0, end);
        this.text = this.text.slice(end + 2);
        this.lastEventId = /^id: (.*)$/m.exec(block)?.[1] ?? this.lastEventId;
        blocks.push(block);
      } else if (!(await this.read())) throw new Error('The stream has ended.');
    }
    return blocks;
  }

  /** Resolves when the service has ended the stream. */
  async ended(): Promise<void> {
    while (await this.read());
  }

  close(): void {
    this.hangUp.abort();
  }

  private async read(): Promise<boolean> {
    if (this.isAtEnd) return false;
    const { done, value } = await this.reader.read();
    this.isAtEnd = done;
    if (value) this.text += Buffer.from(value).toString();
    return !done;
  }
}
