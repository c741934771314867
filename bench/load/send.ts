import { type Agent, request } from 'node:http';

/** One request: its method, path, and body. */
export type Call = readonly [method: string, path: string, body?: unknown];

/** Sends a request and reads the whole response. A status that is no success rejects with the text of the response. */
export async function send(agent: Agent, url: string, [method, path, body]: Call): Promise<Buffer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    request(
      url + path,
      { method, agent, ...(text !== undefined && { headers: { 'content-type': 'application/json' } }) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const read = Buffer.concat(chunks);
          if ((response.statusCode ?? 500) < 300) resolve(read);
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${read.toString()}`));
        });
      },
    )
      .on('error', reject)
      .end(text);
  });
}
