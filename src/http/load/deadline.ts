import { SetMetadata } from '@nestjs/common';

const DEADLINE = Symbol('deadline of a request');

/** The deadline of an operation. */
interface OwnDeadline {
  /** From the begin of the service. */
  readonly milliseconds: number;
  /** What a client has to know that gets no other response, in sentences. */
  readonly detail: string;
}

/** Lets requests of an operation take longer than others. */
export function Deadline(deadline: OwnDeadline): MethodDecorator {
  return SetMetadata(DEADLINE, deadline);
}

/** The deadline of a handler; undefined: that of all requests. */
export function deadlineOf(handler: Function): OwnDeadline | undefined {
  return Reflect.getMetadata(DEADLINE, handler) as OwnDeadline | undefined;
}
