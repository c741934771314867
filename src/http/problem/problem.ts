import { STATUS_CODES } from 'node:http';
import { ApiProperty } from '@nestjs/swagger';
import type { FieldError } from '../../errors/domain-error.js';
import { DocumentedAs } from '../document/documented-as.js';

@DocumentedAs('FieldProblem', 'One fault of the input.')
export class FieldProblem implements FieldError {
  @ApiProperty({ description: 'The field or parameter at fault.', example: 'repeat.until' })
  field!: string;

  @ApiProperty({ description: 'The fault of the value.', example: 'must be a date such as 2022-12-31' })
  message!: string;
}

/** Time that refuses a booking. */
@DocumentedAs('TakenTime', 'A time at which an attendee is busy, or a room is closed.')
export class TakenTime {
  @ApiProperty({ description: 'The id of the attendee.', type: 'integer', example: 2 })
  user_id!: number;

  @ApiProperty({
    description: 'The start of the overlap.',
    format: 'date-time',
    example: '2022-09-06T14:16:47Z',
  })
  start!: string;

  @ApiProperty({
    description: 'The end of the overlap, exclusive.',
    format: 'date-time',
    example: '2022-09-06T15:56:47Z',
  })
  end!: string;
}

/** Problem details for HTTP APIs, RFC 9457. */
@DocumentedAs('Problem', 'Problem details for HTTP APIs (RFC 9457).')
export class Problem {
  @ApiProperty({
    description: 'Always about:blank: `code` names the problem.',
    example: 'about:blank',
  })
  type!: string;

  @ApiProperty({ description: 'The name of the HTTP status.', example: 'Bad Request' })
  title!: string;

  @ApiProperty({ description: 'The HTTP status.', example: 400, type: 'integer' })
  status!: number;

  @ApiProperty({
    description: 'A description of the problem, for people.',
    example: 'duration: must be positive',
  })
  detail!: string;

  @ApiProperty({
    description: 'The URL of the request: a path, or an absolute URL if the server has a `PUBLIC_URL`.',
    example: '/events',
  })
  instance!: string;

  @ApiProperty({ description: 'The stable code of the problem, for programs.', example: 'invalid_input' })
  code!: string;

  @ApiProperty({
    description: 'The fields at fault, for invalid input.',
    type: [FieldProblem],
    required: false,
  })
  errors?: FieldProblem[];

  @ApiProperty({
    description:
      'With the code `time_taken`: the first times at which attendees are busy, or rooms closed, as far as the caller may see them in free/busy. Absent if the caller may see none of them.',
    type: [TakenTime],
    required: false,
  })
  conflicts?: TakenTime[];
}

export function problem(
  status: number,
  code: string,
  detail: string,
  instance: string,
  errors: readonly FieldError[] = [],
  members: Readonly<Record<string, unknown>> = {},
): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    instance,
    code,
    ...(errors.length > 0 ? { errors: [...errors] } : {}),
    ...members,
  };
}
