import { inChildSpan, type SpanStart } from './tracing.js';

/**
 * Makes an HTTP call as a child of the current span. Only the origin of the URL becomes part of the span: the path and the
 * query of a webhook may hold a secret.
 * @param send gets the headers by which the receiver continues the trace
 */
export async function traceCall<T>(
  method: string,
  url: URL,
  send: (headers: Readonly<Record<string, string>>) => Promise<T>,
  statusOf: (response: T) => number,
): Promise<T> {
  return inChildSpan(
    () => callTo(method, url),
    async (span) => {
      const response = await send(span?.headers ?? {});
      const status = statusOf(response);
      span?.set({ 'http.response.status_code': status });
      if (status >= 400) span?.fail(String(status));
      return response;
    },
  );
}

/** Fetches as a child of the current span. */
export async function tracedFetch(url: string, options: RequestInit): Promise<Response> {
  const send = async (headers: Readonly<Record<string, string>>): Promise<Response> => {
    const all = new Headers(options.headers);
    for (const [name, value] of Object.entries(headers)) all.set(name, value);
    return fetch(url, { ...options, headers: all });
  };
  return traceCall(options.method ?? 'GET', new URL(url), send, ({ status }) => status);
}

function callTo(method: string, { origin, protocol, hostname, port, pathname, search }: URL): SpanStart {
  const isRoot = pathname === '/' && search === '';
  return {
    name: method,
    kind: 'client',
    attributes: {
      'http.request.method': method,
      'url.full': isRoot ? `${origin}/` : `${origin}/REDACTED`,
      'server.address': hostname,
      'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
    },
  };
}
