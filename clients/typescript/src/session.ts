import { type Authorization, REFRESH_AHEAD_MS } from './authorization.js';
import { idempotencyKey } from './idempotency-key.js';
import { isProblem, type ProblemError } from './problem.js';
import type { Send } from './retries.js';
import type { Login, Tokens } from './schema.js';

/** The tokens of a session, as plain JSON, so that a program can store them. */
export interface SessionTokens {
  readonly accessToken: string;
  /** Valid for one refresh. If a second client uses it, the session of both ends. */
  readonly refreshToken: string;
  /** The end of the access token, in milliseconds since 1970 by the clock of this machine. */
  readonly expiresAt: number;
}

export interface SessionOptions {
  /** Logs in at the first request, and again when the session has ended. */
  readonly login?: Login | undefined;
  /** The tokens of an earlier session, as `onTokens` received them. */
  readonly tokens?: SessionTokens | undefined;
  /** Receives each new pair of tokens before a request uses it, and null when the session has ended. */
  readonly onTokens?: ((tokens: SessionTokens | null) => void | Promise<void>) | undefined;
}

/**
 * Keeps a user logged in. One refresh serves all requests that need a new access token, because the service treats a
 * second use of a refresh token as theft and ends the session.
 */
export class Session implements Authorization {
  private tokens: SessionTokens | null;
  private credentials: Login | null;
  /**
   * The reason why the session has ended without `logOut`. Later requests fail too, instead of being sent without a
   * token.
   */
  private ending: ProblemError | null = null;
  private renewal: Promise<void> | null = null;
  /** The previous access token of the same user. The service may still refuse requests that were sent with it. */
  private replaced: string | null = null;
  /** Changes of the session run one after the other. */
  private changes: Promise<unknown> = Promise.resolve();
  /** The same key for each attempt to use one refresh token, because a repeat after a lost response is no theft. */
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

  /**
   * Null if another user has logged in since. The client never sends a request of one user with the token of another.
   */
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
 * Whether the service has refused the tokens or the password permanently. Any other failure, such as a page of a proxy,
 * does not change the session.
 */
function isFinal(error: unknown): error is ProblemError {
  return isProblem(
    error,
    'invalid_refresh_token',
    'invalid_credentials',
    // An earlier attempt to refresh succeeded, but its response was lost.
    'secret_not_repeated',
    'invalid_input',
  );
}
