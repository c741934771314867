import { HttpException } from '@nestjs/common';

/** A refusal of the protocol rather than of the calendar, with a code for programs. */
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
