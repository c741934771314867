import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Adds rows by COPY. @param into the table and its columns; the values need no escapes in PostgreSQL's text format */
export async function copyLines(
  client: Client,
  into: string,
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> {
  const text = rows.map((row) => `${row.map((value) => value ?? String.raw`\N`).join('\t')}\n`).join('');
  await pipeline(Readable.from([text]), client.query(copyFrom(`COPY ${into} FROM STDIN`)));
}
