import createOpenApiClient from 'openapi-fetch';
import { type Authorization, GivenAuthorization, type TokenSource, withToken } from './authorization.js';
import type { Call, ElementOf, InitArgument, InitOf, ListPath, Method } from './call.js';
import { idempotencyKey } from './idempotency-key.js';
import { pagesOf } from './pages.js';
import { ProblemError } from './problem.js';
import { issuesTokens, type RetryOptions, type Send, withRetries } from './retries.js';
import type { Login, paths } from './schema.js';
import { Session, type SessionOptions } from './session.js';

interface CommonOptions {
  /** The address of the service, such as `http://127.0.0.1:3000` or `https://example.com/calendar`. */
  readonly baseUrl: string;
  readonly retry?: RetryOptions;
  /** The `fetch` to use instead of the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** With an API key, or with a token of your own, such as an exchanged token or one of an OpenID Connect provider. */
interface TokenOptions extends CommonOptions {
  readonly token: TokenSource;
  /** The user that an API key acts as in each request that has no `Act-As-User` of its own. */
  readonly actAsUser?: number | undefined;
  readonly login?: never;
  readonly tokens?: never;
  readonly onTokens?: never;
}

/** With a login by password, or without a token until `logIn`. */
interface LoginOptions extends CommonOptions, SessionOptions {
  readonly token?: undefined;
  readonly actAsUser?: never;
}

export type ClientOptions = TokenOptions | LoginOptions;

/** A client of the service. TypeScript checks its paths, parameters and bodies. */
export interface CalendarClient {
  readonly GET: Call<'get'>;
  readonly POST: Call<'post'>;
  readonly PUT: Call<'put'>;
  readonly PATCH: Call<'patch'>;
  readonly DELETE: Call<'delete'>;

  /**
   * The elements of a list, over all its pages. The client requests the next page when the loop needs it.
   *
   * @example
   * for await (const event of calendar.list('/users/{user_id}/events', { params })) console.log(event.id);
   */
  list<Path extends ListPath, Init extends InitOf<Path, 'get'>>(
    path: Path,
    ...init: InitArgument<Init>
  ): AsyncGenerator<ElementOf<Path, Init>, void, undefined>;

  /** The pages of a list. */
  pages<Path extends ListPath, Init extends InitOf<Path, 'get'>>(
    path: Path,
    ...init: InitArgument<Init>
  ): AsyncGenerator<ElementOf<Path, Init>[], void, undefined>;

  /** Begins a session. @throws {ProblemError} `invalid_credentials`, `too_many_attempts` */
  logIn(login: Login): Promise<void>;

  /** Ends the session; later requests have no token. */
  logOut(): Promise<void>;
}

/**
 * Creates a client.
 *
 * @example
 * const calendar = createClient({ baseUrl: 'http://127.0.0.1:3000', login: { email, password } });
 * const { data: event } = await calendar.GET('/events/{event_id}', { params: { path: { event_id: 1 } } });
 */
export function createClient(options: ClientOptions): CalendarClient {
  if (!options.baseUrl) throw new TypeError('createClient needs baseUrl, the address of the service.');
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const fetch: Send = options.fetch ?? (async (request) => globalThis.fetch(request));
  const send = withRetries(fetch, options.retry);
  const session = options.token === undefined ? new Session(baseUrl, send, options) : null;
  const authorization: Authorization = session ?? new GivenAuthorization(options.token ?? '');
  const http = createOpenApiClient<paths>({
    baseUrl,
    fetch: actingAs(options.actAsUser, withKeys(withToken(send, authorization))),
    // A list in a query repeats the parameter.
    querySerializer: { array: { style: 'form', explode: true } },
  });
  const call = callWith(http.request as unknown as UntypedRequest);
  const GET = call('get');
  return {
    GET,
    POST: call('post'),
    PUT: call('put'),
    PATCH: call('patch'),
    DELETE: call('delete'),
    list: async function* list(path, ...[init]) {
      for await (const page of pagesOf(GET, path, init)) yield* page;
    },
    pages: (path, ...[init]) => pagesOf(GET, path, init),
    logIn: async (login) => sessionOf(session).logIn(login),
    logOut: async () => sessionOf(session).logOut(),
  };
}

function sessionOf(session: Session | null): Session {
  if (session === null) throw new TypeError('A client with a token of its own has no session.');
  return session;
}

/** The same for every operation; the types are those of `Call`. */
type UntypedRequest = (
  method: string,
  path: string,
  init: object,
) => Promise<{ data?: unknown; response: Response }>;

function callWith(request: UntypedRequest): <M extends Method>(method: M) => Call<M> {
  return (method) =>
    (async (path: string, init: { parseAs?: string } = {}) => {
      const { data, response } = await request(method, path, { parseAs: 'text', ...init });
      return { data: init.parseAs === undefined ? parsed(data, response) : data, response };
    }) as Call<typeof method>;
}

/** @throws {ProblemError} if another server than the service has answered */
function parsed(text: unknown, response: Response): unknown {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError(response, text);
  }
}

/** Gives each POST a key, which stays the same over all its attempts. */
function withKeys(send: Send): Send {
  return async (request) => {
    if (request.method === 'POST' && !request.headers.has('idempotency-key') && !issuesTokens(request.url))
      request.headers.set('idempotency-key', idempotencyKey());
    return send(request);
  };
}

/** Lets an API key act as the user in each request. */
function actingAs(userId: number | undefined, send: Send): Send {
  if (userId === undefined) return send;
  return async (request) => {
    if (!request.headers.has('act-as-user')) request.headers.set('act-as-user', String(userId));
    return send(request);
  };
}
