import type { ProblemCode } from './problem-code.js';
import { retryAfterOf } from './retry-after.js';
import type { FieldProblem, Problem } from './schema.js';

/**
 * A response that is not a success. Branch on `code`, or on `status` for a response that a proxy wrote.
 *
 * @example
 * try {
 *   await calendar.POST('/events', { body });
 * } catch (error) {
 *   if (!isProblem(error, 'time_taken')) throw error;
 * }
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  /** The HTTP status. */
  readonly status: number;
  /** A stable word for programs. For a response without problem details: `http_` and the status, such as `http_502`. */
  readonly code: ProblemCode;
  readonly title: string;
  /** A description of the problem for people. */
  readonly detail: string;
  /** The wrong fields; empty if the problem names none. */
  readonly errors: readonly FieldProblem[];
  /** The id of the request in the service's log; null if the response has none. */
  readonly requestId: string | null;
  /** Seconds after which a repeat may succeed; null if the response has no `Retry-After`. */
  readonly retryAfter: number | null;
  /** How often the client sent the request. If greater than 1, an earlier attempt may have succeeded. */
  readonly attempts: number;
  /** The problem with all its members; the text of a response without problem details. */
  readonly body: Problem | string;

  constructor(response: Pick<Response, 'status' | 'statusText' | 'headers'>, text: string, attempts = 1) {
    const problem = problemIn(text);
    const title = problem?.title ?? (response.statusText || `HTTP ${response.status}`);
    const code = problem?.code ?? `http_${response.status}`;
    const detail = problem?.detail ?? otherDetail(response.status, title);
    super(`${response.status} ${code}: ${detail}`);
    this.status = response.status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.errors = problem?.errors ?? [];
    this.requestId = response.headers.get('x-request-id');
    this.retryAfter = retryAfterOf(response.headers);
    this.attempts = attempts;
    this.body = problem ?? text;
  }
}

/**
 * Returns whether `error` is a problem and, if `codes` are given, has one of these codes.
 *
 * @example
 * if (isProblem(error, 'email_taken', 'sign_up_closed')) showMessage(error.detail);
 */
export function isProblem<Code extends ProblemCode = ProblemCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is ProblemError & { readonly code: Code } {
  return error instanceof ProblemError && (codes.length === 0 || codes.includes(error.code as Code));
}

/** No response arrived, or only a part of one. The service may have executed the request. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';

  constructor(
    request: Pick<Request, 'method' | 'url'>,
    /** How often the client sent the request. */
    readonly attempts: number,
    cause: unknown,
  ) {
    super(`No response to ${request.method} ${request.url}: ${reasonOf(cause)}`, { cause });
  }
}

function otherDetail(status: number, title: string): string {
  if (status < 300) return 'The response is not JSON. Does baseUrl lead to the service?';
  return `The response has no problem details: ${title}.`;
}

/** Null if the text is not a problem of the service: a proxy may write JSON of its own. */
function problemIn(text: string): Problem | null {
  try {
    const problem = JSON.parse(text) as Partial<Problem> | null;
    return typeof problem?.code === 'string' && typeof problem.detail === 'string'
      ? (problem as Problem)
      : null;
  } catch {
    return null;
  }
}

/** The message of the innermost error, because the message of `fetch` has no reason. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}
