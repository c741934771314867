/** What the service answered. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** Speaks JSON to the service as any REST client does. */
export class Client {
  constructor(private readonly url: string) {}

  async get<T = any>(path: string): Promise<Answer<T>> {
    return this.send('GET', path);
  }

  async post<T = any>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.send('POST', path, body);
  }

  async patch<T = any>(path: string, body: unknown): Promise<Answer<T>> {
    return this.send('PATCH', path, body);
  }

  async delete<T = any>(path: string): Promise<Answer<T>> {
    return this.send('DELETE', path);
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const response = await fetch(this.url + path, {
      method,
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? null : JSON.parse(text)) as T,
    };
  }
}
