import type { Authorization } from './authorization.js';
import { idempotencyKey } from './idempotency-key.js';
import { isProblem, type ProblemError } from './problem.js';
import type { Send } from './retries.js';
import type { Login, Tokens } from './schema.js';

/** What keeps a user logged in. It is plain JSON, so it can be stored. */
export interface SessionTokens {
  readonly accessToken: string;
  /** Good for one refresh. A second client that uses it ends the session of both. */
  readonly refreshToken: string;
  /** When the access token ends, in milliseconds since 1970 by the clock of this machine. */
  readonly expiresAt: number;
}

export interface SessionOptions {
  /** Logs in at the first request, and again when the session has ended. */
  readonly login?: Login | undefined;
  /** The tokens of an earlier session, as `onTokens` got them. */
  readonly tokens?: SessionTokens | undefined;
  /** Receives each new pair of tokens before a request uses it, and null when the session has ended. */
  readonly onTokens?: ((tokens: SessionTokens | null) => void | Promise<void>) | undefined;
}

/** Milliseconds before its end at which an access token is replaced: a request may wait so long in the service. */
const REFRESH_AHEAD_MS = 60_000;

/**
 * Keeps a user logged in. However many requests need a new access token, one refresh serves them all, since the service
 * takes a second use of a refresh token for theft and ends the session.
 */
export class Session implements Authorization {
  private tokens: SessionTokens | null;
  private credentials: Login | null;
  /** Why the session has ended by itself. Later requests fail too; none is sent without a token instead. */
  private ending: ProblemError | null = null;
  private renewal: Promise<void> | null = null;
  /** The access token before the present one, of the same user. Requests that were sent with it may still be refused. */
  private replaced: string | null = null;
  /** Changes of the session follow one another. */
  private changes: Promise<unknown> = Promise.resolve();
  /** The same for each attempt to use one refresh token: a repeat after a lost response is no theft. */
  private refreshKey = idempotencyKey();

  constructor(
    private readonly baseUrl: string,
    private readonly send: Send,
    private readonly options: SessionOptions,
  ) {
    this.tokens = options.tokens ?? null;
    this.credentials = options.login ?? null;
  }

  async token(): Promise<string | null> {
    if (this.tokens && Date.now() < this.tokens.expiresAt - REFRESH_AHEAD_MS) return this.tokens.accessToken;
    this.throwIfEnded();
    if (this.tokens || this.credentials) await this.renew();
    return this.tokens?.accessToken ?? null;
  }

  /** Null if somebody else has logged in since: a request of one user is never sent as another. */
  async replacementOf(refused: string): Promise<string | null> {
    if (this.tokens?.accessToken === refused) await this.renew();
    this.throwIfEnded();
    return this.tokens && this.replaced === refused ? this.tokens.accessToken : null;
  }

  async logIn(login: Login): Promise<void> {
    await this.inTurn(async () => {
      await this.requestTokens('login', login);
      this.replaced = null;
    });
  }

  async logOut(): Promise<void> {
    await this.inTurn(async () => {
      const { tokens } = this;
      this.credentials = null;
      this.ending = null;
      if (tokens) await this.post('logout', { refresh_token: tokens.refreshToken }, idempotencyKey());
      await this.keep(null);
      this.replaced = null;
    });
  }

  private throwIfEnded(): void {
    if (!this.tokens && this.ending) throw this.ending;
  }

  private async renew(): Promise<void> {
    const { tokens } = this;
    this.renewal ??= this.inTurn(async () => this.renewed(tokens)).finally(() => {
      this.renewal = null;
    });
    await this.renewal;
  }

  /** Does nothing if the user has logged in or out meanwhile. */
  private async renewed(tokens: SessionTokens | null): Promise<void> {
    if (this.tokens !== tokens) return;
    try {
      await (tokens ? this.refresh(tokens) : this.logInAgain());
      this.replaced = tokens?.accessToken ?? null;
    } catch (error) {
      if (isFinal(error)) this.ending = error;
      throw error;
    }
  }

  private async refresh({ refreshToken }: SessionTokens): Promise<void> {
    try {
      await this.requestTokens('refresh', { refresh_token: refreshToken }, this.refreshKey);
    } catch (error) {
      if (!isFinal(error)) throw error;
      await this.keep(null);
      if (!this.credentials) throw error;
      await this.logInAgain();
    }
  }

  private async logInAgain(): Promise<void> {
    if (this.credentials) await this.requestTokens('login', this.credentials);
  }

  private async requestTokens(operation: 'login' | 'refresh', body: object, key?: string): Promise<void> {
    const askedAt = Date.now();
    const response = await this.post(operation, body, key);
    const answer = (await response.json()) as Tokens;
    this.ending = null;
    await this.keep({
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token,
      expiresAt: askedAt + answer.expires_in * 1000,
    });
  }

  private async post(operation: string, body: object, key?: string): Promise<Response> {
    const headers = new Headers({ 'content-type': 'application/json' });
    if (key !== undefined) headers.set('idempotency-key', key);
    const url = `${this.baseUrl}/auth/${operation}`;
    return this.send(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  private async keep(tokens: SessionTokens | null): Promise<void> {
    this.tokens = tokens;
    this.refreshKey = idempotencyKey();
    await this.options.onTokens?.(tokens);
  }

  private async inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.changes.then(change, change);
    this.changes = turn;
    return turn;
  }
}

/**
 * Whether the service has refused the tokens or the password for good. Any other failure, such as a page of a proxy, leaves
 * the session as it is.
 */
function isFinal(error: unknown): error is ProblemError {
  return isProblem(
    error,
    'invalid_refresh_token',
    'invalid_credentials',
    // An earlier attempt to refresh succeeded, and its response was lost.
    'secret_not_repeated',
    'invalid_input',
  );
}
