import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ApiProblems } from '../problem/api-problems.js';
import { DOCUMENTED_TAGS_LENGTH, parseIfMatch } from './version-tag.js';

const IfMatchHeader = createParamDecorator((_: unknown, context: ExecutionContext) =>
  parseIfMatch(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/** The precondition of a change, read and documented. */
export function IfMatch(): ParameterDecorator {
  return (target, method, index) => {
    if (method === undefined) throw new Error('IfMatch belongs to a parameter of a handler.');
    const descriptor = Object.getOwnPropertyDescriptor(target, method) as PropertyDescriptor;
    IfMatchHeader()(target, method, index);
    ApiProblems(412)(target, method, descriptor);
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        "The event's `ETag` from an earlier response, or its `version` in quotes. The service changes the event only if it still has that " +
        'version. Without the header, the last write wins, field by field.',
      example: '"1"',
      schema: { type: 'string', maxLength: DOCUMENTED_TAGS_LENGTH },
    })(target, method, descriptor);
  };
}
