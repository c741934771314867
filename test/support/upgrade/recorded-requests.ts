import { readFileSync } from 'node:fs';
import { Client } from 'pg';

/** A request to an instance of the version before calendars, beside rows that this version wrote. */
interface RecordedRequest {
  /** The method, the path and the body. */
  readonly request: string;
  /** The response of that instance: the status, and the body without most of its fields. */
  readonly shown: readonly [status: number, body: unknown];
  /** Its statements: the index, the parameters, the number of rows and, of a read, the rows as `toldRows` gives them. */
  readonly calls: readonly (readonly [
    statement: number,
    parameters: readonly unknown[],
    count: number | null,
    rows?: unknown,
  ])[];
}

interface Recording {
  readonly statements: readonly string[];
  readonly reads: readonly RecordedRequest[];
  readonly writes: readonly RecordedRequest[];
}

/** Responses of the version before, by the method, the path and the body of their requests. */
export type ShownBefore = ReadonlyMap<string, RecordedRequest['shown']>;

/**
 * Sends the statements of the recorded requests, in their order. The version before computes its response from the rows of its
 * statements alone. If they are the recorded ones, the response is the recorded one, too.
 * @returns the responses
 * @throws the first error of PostgreSQL, or an error if a statement concerns other rows than it did
 */
export async function replayRequests(url: string, kind: 'reads' | 'writes'): Promise<ShownBefore> {
  const path = 'test/support/upgrade/beside-calendars.requests.json';
  const recording: Recording = JSON.parse(readFileSync(path, 'utf8'));
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const { request, calls } of recording[kind]) {
      for (const [index, parameters, count, rows] of calls) {
        const result = await client.query(recording.statements[index] ?? '', [...parameters]);
        const differs = rows === undefined ? result.rowCount !== count : toldRows(result.rows) !== toldRows(rows);
        if (differs)
          throw new Error(`${request}: ${recording.statements[index]}\nThe rows are ${toldRows(result.rows)}`);
      }
    }
  } finally {
    await client.end();
  }
  return new Map(recording[kind].map(({ request, shown }) => [request, shown]));
}

/** Rows as text, without the instants at which they were written: the events are in 2030. */
function toldRows(rows: unknown): string {
  return JSON.stringify(rows).replaceAll(/"20(?!30)\d\d-\d\d-\d\d[T ][^"]*"/g, '"an instant"');
}
