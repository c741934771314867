import { createHash, randomBytes } from 'node:crypto';
import { text as textOf } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { CompressedText, type TextMemory, writtenText } from './written-text.js';

/** Memory of so many bytes for compressed texts. */
class Memory implements TextMemory {
  readonly maxPlainBytes = 1_000;
  taken = 0;

  constructor(private readonly bytes: number) {}

  take(bytes: number): boolean {
    if (this.taken + bytes > this.bytes) return false;
    this.taken += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.taken -= bytes;
  }
}

async function* parts(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

async function* failing(): AsyncGenerator<string> {
  for (let index = 0; index < 50; index++) yield randomBytes(4_000).toString('hex');
  throw new Error('no more');
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

describe('a written text', () => {
  test('that is short is kept as it is', async () => {
    const memory = new Memory(1_000_000);
    const { digest, content } = await writtenText(parts('Füße', ' und Öl'), memory);
    expect([digest, content, memory.taken]).toEqual([digestOf('Füße und Öl'), Buffer.from('Füße und Öl'), 0]);
  });

  test('that is long is kept compressed, and is the same each time it is read', async () => {
    const memory = new Memory(1_000_000);
    const written = Array.from({ length: 1_000 }, (_, index) => `${index} Füße und Öl\r\n`.repeat(100));
    const { digest, content } = await writtenText(parts(...written), memory);
    if (!(content instanceof CompressedText)) throw new Error('The text is not compressed.');
    expect(digest).toBe(digestOf(written.join('')));
    expect(await textOf(content.read())).toBe(written.join(''));
    expect(await textOf(content.read())).toBe(written.join(''));
    expect(content.length).toBeLessThan(written.join('').length / 10);
    expect(memory.taken).toBe(content.length);
  });

  test('for which there is no memory has its digest alone, and takes none', async () => {
    const memory = new Memory(100_000);
    const written = Array.from({ length: 100 }, () => randomBytes(4_000).toString('hex'));
    const { digest, content } = await writtenText(parts(...written), memory);
    expect([digest, content, memory.taken]).toEqual([digestOf(written.join('')), null, 0]);
  });

  test('that ends with an error takes no memory', async () => {
    const memory = new Memory(1_000_000);
    await expect(writtenText(failing(), memory)).rejects.toThrow('no more');
    expect(memory.taken).toBe(0);
  });
});
