import { createHash } from 'node:crypto';

/** The parts of a text. @throws {Error} after the last one, if they have another digest */
export async function* textOfDigest(
  parts: AsyncGenerator<string, void, undefined>,
  digest: string,
): AsyncGenerator<string, void, undefined> {
  const hash = createHash('sha256');
  for await (const part of parts) {
    hash.update(part);
    yield part;
  }
  if (hash.digest('hex') !== digest) throw new Error('The events have changed while the file was written.');
}
