import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../../../clients/typescript/src/schema.js';
import type { RequestBody, ResponseBody, SuccessBody } from './documented-body.js';

/** The attempts of `create`: on a busy machine the service may respond with 503 a few times. */
const MAX_ATTEMPTS = 10;

/** A response of the service. */
export interface ServiceResponse<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A response that a test expects to be a refusal. An event has a `status` of another type than a problem. */
export type Refusal = ServiceResponse<Required<Omit<Problem, 'status'>>>;

/** The next page of a list; undefined if this is the last. */
export function nextPage({ headers }: ServiceResponse): string | undefined {
  return /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
}

/** A client that sends and receives JSON. */
export class Client {
  constructor(
    private readonly url: string,
    readonly token: string | null = null,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The same client with a token. */
  with(token: string): Client {
    return new Client(this.url, token, this.headers);
  }

  /** The same client of the service at another address. */
  at(url: string): Client {
    return new Client(url, this.token, this.headers);
  }

  /** The same client, which sends these headers too. */
  withHeaders(headers: Readonly<Record<string, string>>): Client {
    return new Client(this.url, this.token, headers);
  }

  /** The same client of an API key, which acts as the user. */
  as(userId: number): Client {
    return this.withHeaders({ 'act-as-user': String(userId) });
  }

  async get<Path extends string>(path: Path): Promise<ServiceResponse<ResponseBody<'GET', Path>>> {
    return this.send('GET', path);
  }

  /**
   * Requests a list from its first page to its last, each page by the link of the page before.
   * @throws {Error} if the service refuses a page
   */
  async *pages<Path extends string>(path: Path): AsyncGenerator<ServiceResponse<SuccessBody<'GET', Path>>> {
    for (let next: Path | undefined = path; next !== undefined; ) {
      const page = await this.send('GET', next);
      if (page.status !== 200) throw new Error(`${page.status}: ${JSON.stringify(page.body)}`);
      yield { ...page, body: page.body as SuccessBody<'GET', Path> };
      // The link leads to a page of the same list.
      next = nextPage(page) as Path | undefined;
    }
  }

  async post<Path extends string>(
    path: Path,
    body?: RequestBody<'POST', Path>,
  ): Promise<ServiceResponse<ResponseBody<'POST', Path>>> {
    return this.send('POST', path, body);
  }

  /**
   * Creates a resource with a key, and tries again after a 429 or a 503.
   * @throws {Error} if the service refuses it
   */
  async create<Path extends string>(
    path: Path,
    body: RequestBody<'POST', Path>,
  ): Promise<ServiceResponse<SuccessBody<'POST', Path>>> {
    const key = { 'idempotency-key': randomUUID() };
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.send('POST', path, body, key);
      if (response.status === 201) return { ...response, body: response.body as SuccessBody<'POST', Path> };
      const mayRepeat = (response.status === 429 || response.status === 503) && attempt < MAX_ATTEMPTS;
      if (!mayRepeat) throw new Error(`${response.status}: ${JSON.stringify(response.body)}`);
      await sleep(1000 * Number(response.headers.get('retry-after')));
    }
  }

  async patch<Path extends string>(
    path: Path,
    body: RequestBody<'PATCH', Path>,
  ): Promise<ServiceResponse<ResponseBody<'PATCH', Path>>> {
    return this.send('PATCH', path, body);
  }

  async put<Path extends string>(
    path: Path,
    body: RequestBody<'PUT', Path>,
  ): Promise<ServiceResponse<ResponseBody<'PUT', Path>>> {
    return this.send('PUT', path, body);
  }

  async delete<Path extends string>(path: Path): Promise<ServiceResponse<ResponseBody<'DELETE', Path>>> {
    return this.send('DELETE', path);
  }

  /** Sends any body, such as one that the document forbids. */
  async send<M extends string, Path extends string>(
    method: M,
    path: Path,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ServiceResponse<ResponseBody<M, Path>>> {
    return this.sendBytes(
      method,
      path,
      body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
    );
  }

  /** Sends a body as it is, such as a file. */
  async sendBytes<M extends string, Path extends string>(
    method: M,
    path: Path,
    body: string | Uint8Array | undefined,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ServiceResponse<ResponseBody<M, Path>>> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.token !== null && { authorization: `Bearer ${this.token}` }),
        ...this.headers,
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = await textOf(response);
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : isJson ? JSON.parse(text) : text,
    };
  }
}

/** The body; of a stream, which does not end, its first part. */
export async function textOf(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text();
  const reader = response.body?.getReader();
  const part = await reader?.read();
  await reader?.cancel();
  return Buffer.from(part?.value ?? []).toString();
}
