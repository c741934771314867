import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

/** One request: its method, path, and body. */
export type Call = readonly [method: string, path: string, body?: unknown];

export interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A response whose status is no success. */
export class RefusedCall extends Error {
  constructor(
    [method, path]: Call,
    readonly status: number,
    readonly headers: IncomingHttpHeaders,
    /** The text of the response. */
    readonly body: string,
  ) {
    super(`${method} ${path}: ${status} ${body}`);
  }
}

/** Sends a request and reads the whole response. @throws {RefusedCall}, errors of the connection */
export async function send(agent: Agent, url: string, call: Call): Promise<Answer> {
  const [method, path, body] = call;
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    request(
      url + path,
      { method, agent, ...(text !== undefined && { headers: { 'content-type': 'application/json' } }) },
      (response) => {
        const { statusCode = 500, headers } = response;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const read = Buffer.concat(chunks);
          if (statusCode < 300) resolve({ headers, body: read });
          else reject(new RefusedCall(call, statusCode, headers, read.toString()));
        });
      },
    )
      .on('error', reject)
      .end(text);
  });
}
