let service = 'http://127.0.0.1:3000';

/** Sets the address of the service. */
export function callService(baseUrl: string): void {
  service = baseUrl;
}

/** Sends the requests of the generated functions. The functions pass paths instead of addresses. */
export async function calendarFetch<T>(path: string, options: RequestInit): Promise<T> {
  const response = await fetch(service + path, options);
  const text = await response.text();
  const data: unknown = text === '' ? undefined : JSON.parse(text);
  return { data, status: response.status, headers: response.headers } as T;
}
