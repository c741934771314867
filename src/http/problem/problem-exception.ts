import { HttpException } from '@nestjs/common';

/**
 * A refusal of HTTP itself, such as a media type that the service does not take. Errors of the domain are a
 * `DomainError`.
 */
export class ProblemException extends HttpException {
  constructor(
    status: number,
    /** Stable. */
    readonly code: string,
    detail: string,
  ) {
    super(detail, status);
  }
}
