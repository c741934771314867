import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { catchError, type Observable, throwError } from 'rxjs';
import { DomainError } from '../../errors/domain-error.js';
import { InvalidRequest } from '../input-pipe.js';
import { inWireNames, type WireNames } from './wire-names.js';

/** Renames the fields in errors of the domain to those of requests, for the controllers whose bodies become commands. */
export class WireNamesInterceptor implements NestInterceptor {
  constructor(private readonly names: WireNames) {}

  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next
      .handle()
      .pipe(
        catchError((error: unknown) =>
          throwError(() => (isOfDomain(error) ? inWireNames(this.names, error) : error)),
        ),
      );
  }
}

/** The faults that a DTO finds have the names of the request already, of fields that it does not know among them. */
function isOfDomain(error: unknown): error is DomainError {
  return error instanceof DomainError && !(error instanceof InvalidRequest);
}
