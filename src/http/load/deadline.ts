import { SetMetadata } from '@nestjs/common';

const DEADLINE = Symbol('deadline of a request');

/** Lets requests of an operation take longer than others. @param milliseconds from the begin of the service */
export function Deadline(milliseconds: number): MethodDecorator {
  return SetMetadata(DEADLINE, milliseconds);
}

/** The deadline of a handler; undefined: that of all requests. */
export function deadlineOf(handler: Function): number | undefined {
  return Reflect.getMetadata(DEADLINE, handler) as number | undefined;
}
