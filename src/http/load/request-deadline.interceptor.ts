import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { type Observable, throwError, timeout } from 'rxjs';
import { timedOut } from '../../errors/service-unavailable.js';
import { currentRequest } from '../../platform/logging/request-context.js';
import { deadlineOf } from './deadline.js';

/**
 * Milliseconds: twice the time that one statement may take, for a search with several statements.
 * @public `docs/limits.md` lists it.
 */
export const REQUEST_DEADLINE_MS = 10_000;

/**
 * Responds with 503 if the handler has not responded in time; the time begins with the service of the request, not in
 * the queue. Statements under way end by their own time-outs, and long computations at their next pause.
 */
@Injectable()
export class RequestDeadlineInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const context = currentRequest();
    const own = deadlineOf(execution.getHandler());
    return next.handle().pipe(
      timeout({
        first: own?.milliseconds ?? REQUEST_DEADLINE_MS,
        with: () => {
          if (context) context.cancelled = true;
          return throwError(() => timedOut(own?.detail));
        },
      }),
    );
  }
}
