import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/** A text in UTF-8 that was written as a whole. */
export interface WrittenText {
  /** The SHA-256 of the text, in hexadecimal digits. */
  readonly digest: string;
  /** The text; compressed if it is long; null if it is too long to be kept. */
  readonly content: Buffer | CompressedText | null;
}

/** The memory that texts may take. */
export interface TextMemory {
  /** Bytes. A shorter text is kept as it is. */
  readonly maxPlainBytes: number;
  /** Takes memory for a part of a compressed text. False: there is none left. */
  take(bytes: number): boolean;
  /** Gives the memory of a text back. @param bytes all that `take` has taken for the text */
  giveBack(bytes: number): void;
}

/** A text in UTF-8 in the form of gzip. */
export class CompressedText {
  constructor(
    private readonly parts: readonly Buffer[],
    /** Bytes in memory. */
    readonly length: number,
  ) {}

  /** The text itself, in UTF-8. */
  read(): Readable {
    const text = createGunzip();
    // A reader that stops ends both.
    pipeline(Readable.from(this.parts), text, () => undefined);
    return text;
  }
}

/** Writes a text and keeps it, as far as the memory allows. */
export async function writtenText(parts: AsyncIterable<string>, memory: TextMemory): Promise<WrittenText> {
  const hash = createHash('sha256');
  let plain: Buffer[] = [];
  let bytes = 0;
  let compression: Compression | null = null;
  try {
    for await (const text of parts) {
      const part = Buffer.from(text);
      hash.update(part);
      bytes += part.length;
      plain.push(part);
      if (bytes <= memory.maxPlainBytes) continue;
      compression ??= new Compression(memory);
      for (const one of plain) await compression.add(one);
      plain = [];
    }
    const content = compression ? await compression.end() : Buffer.concat(plain);
    return { digest: hash.digest('hex'), content };
  } catch (error) {
    compression?.abandon();
    throw error;
  }
}

/** The compression of one text. */
class Compression {
  /** The fastest level: a calendar has a tenth of its bytes. */
  private readonly gzip = createGzip({ level: 1 });
  private parts: Buffer[] = [];
  private bytes = 0;
  private abandoned = false;

  constructor(private readonly memory: TextMemory) {
    // `end` throws the error.
    this.gzip.on('error', () => undefined);
    this.gzip.on('data', (part: Buffer) => {
      if (this.abandoned) return;
      if (!this.memory.take(part.length)) {
        this.abandon();
        return;
      }
      this.parts.push(part);
      this.bytes += part.length;
    });
  }

  async add(part: Buffer): Promise<void> {
    if (this.abandoned) return;
    // The callback is called after an error and after `abandon`, too.
    await new Promise<void>((resolve) => {
      this.gzip.write(part, () => resolve());
    });
  }

  /** @returns null if there was no memory for the whole text */
  async end(): Promise<CompressedText | null> {
    if (this.abandoned) return null;
    this.gzip.end();
    await finished(this.gzip).catch((error: unknown) => {
      if (!this.abandoned) throw error;
    });
    return this.abandoned ? null : new CompressedText(this.parts, this.bytes);
  }

  abandon(): void {
    if (this.abandoned) return;
    this.abandoned = true;
    this.memory.giveBack(this.bytes);
    this.parts = [];
    this.gzip.destroy();
  }
}
