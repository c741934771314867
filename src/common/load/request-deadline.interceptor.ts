import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { type Observable, throwError, timeout } from 'rxjs';
import { ServiceUnavailable } from './service-unavailable.js';

/** Twice what one statement may take; a search of several gets so long in all. */
const DEADLINE_MS = 10_000;

/** Answers 503 where nothing else was answered in time; what is still under way ends by its own time-outs. */
@Injectable()
export class RequestDeadlineInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(timeout({ first: DEADLINE_MS, with: () => throwError(tooLate) }));
  }
}

function tooLate(): ServiceUnavailable {
  return new ServiceUnavailable('timed_out', 'It took too long.');
}
