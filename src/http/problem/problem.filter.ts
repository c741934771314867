import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../errors/domain-error.js';
import { DependencyUnavailable } from '../../errors/service-unavailable.js';
import { TooManyAttemptsError } from '../../errors/too-many-attempts-error.js';
import { acceptedType } from '../routing/accepted-type.js';
import { urlOfProblem, withoutFeedToken } from '../routing/public-url.js';
import { databaseProblem } from './database-problem.js';
import { type Problem, problem } from './problem.js';
import { ProblemException } from './problem-exception.js';
import { STATUS_OF_KIND } from './status-of-kind.js';

/** Seconds. A busy server and a restart last moments. */
const RETRY_AFTER_SECONDS = 1;

/**
 * Renders each error as problem details (RFC 9457). An error that no code foresaw is logged, and its text stays out of
 * the response.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const body = this.problemOf(exception, http.getRequest<FastifyRequest>());
    if (body.status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
    for (const [name, value] of headersOf(exception)) reply.header(name, value);
    void reply.status(body.status).type('application/problem+json').send(body);
  }

  private problemOf(exception: unknown, request: FastifyRequest): Problem {
    const instance = urlOfProblem(request);
    if (exception instanceof DomainError) {
      if (exception instanceof DependencyUnavailable) this.logger.warn(exception);
      const { kind, code, detail, errors, members } = exception;
      return problem(STATUS_OF_KIND[kind], code, detail, instance, errors, members);
    }
    if (exception instanceof ProblemException)
      return problem(exception.getStatus(), exception.code, exception.message, instance);
    const status = httpStatusOf(exception);
    if (status !== null && status < 500) {
      return problem(
        status,
        codeOfStatus(status),
        status === 415 ? acceptedType(request.routeOptions.url) : withoutFeedToken(messageOf(exception)),
        instance,
      );
    }
    const known =
      status === 503
        ? problem(503, 'unavailable', messageOf(exception), instance)
        : databaseProblem(exception, instance);
    if (known?.status === 503) this.logger.warn(exception);
    if (known) return known;
    this.logger.error(exception);
    return problem(500, 'internal_error', 'The service has a fault.', instance);
  }
}

/** How to authenticate (RFC 6750 §3), and when to send the request again. */
function headersOf(exception: unknown): [string, string][] {
  if (exception instanceof DomainError && exception.kind === 'unauthenticated') {
    const error = exception.code === 'invalid_token' ? ', error="invalid_token"' : '';
    return [['www-authenticate', `Bearer realm="calendar"${error}`]];
  }
  return exception instanceof TooManyAttemptsError ? [['retry-after', String(exception.retryAfter)]] : [];
}

/** Nest's exceptions and the errors of Fastify and its parsers carry a status. */
function httpStatusOf(exception: unknown): number | null {
  if (exception instanceof HttpException) return exception.getStatus();
  const { statusCode, status } = (exception ?? {}) as { statusCode?: unknown; status?: unknown };
  const candidate = statusCode ?? status;
  return Number.isInteger(candidate) && (candidate as number) >= 400 ? (candidate as number) : null;
}

function codeOfStatus(status: number): string {
  const codes: Record<number, string> = {
    400: 'invalid_input',
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not_found',
    405: 'method_not_allowed',
    413: 'body_too_large',
    414: 'uri_too_long',
    415: 'unsupported_media_type',
    429: 'too_many_requests',
  };
  return codes[status] ?? 'refused';
}

function messageOf(exception: unknown): string {
  const { message } = exception as { message?: unknown };
  return typeof message === 'string' && message.length > 0 ? message : 'The request was refused.';
}
