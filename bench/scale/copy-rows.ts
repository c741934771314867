import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { type CopiedTable, idInCopy } from './copied-tables.js';

/** PostgreSQL's text format of NULL. */
const NULL = String.raw`\N`;

/** Fills a table with copies of the rows of another database, by COPY. */
export async function copyRows(
  source: Client,
  target: Client,
  table: CopiedTable,
  copies: number,
): Promise<void> {
  const { name, ids, texts = [], order } = table;
  const others = (await columnsOf(source, name)).filter((column) => ![...ids, ...texts].includes(column));
  const columns = [...ids, ...texts, ...others].join(', ');
  await pipeline(
    source.query(copyTo(`COPY (SELECT ${columns} FROM ${name} ORDER BY ${order}) TO STDOUT`)),
    multiply(ids.length, texts.length, copies),
    target.query(copyFrom(`COPY ${name} (${columns}) FROM STDIN`)),
  );
}

async function columnsOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}

/** Writes each line as often as there are copies. The line begins with ids and then texts. */
function multiply(ids: number, texts: number, copies: number): Transform {
  let rest = '';
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      done(null, lines.map((line) => copiesOf(line, ids, texts, copies)).join(''));
    },
  });
}

function copiesOf(line: string, ids: number, texts: number, copies: number): string {
  const fields = line.split('\t', ids + texts);
  const end = fields.reduce((length, field) => length + field.length + 1, 0);
  const others = line.slice(end);
  let found = '';
  for (let copy = 0; copy < copies; copy += 1) {
    for (const [index, field] of fields.entries()) {
      if (field === NULL) found += NULL;
      else found += index < ids ? idInCopy(Number(field), copy, copies) : `${copy}.${field}`;
      found += '\t';
    }
    found += `${others}\n`;
  }
  return found;
}
