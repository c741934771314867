import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { invalidInput } from '../../errors/domain-error.js';
import { Precondition } from '../../platform/precondition.js';
import type { PutCondition } from '../../platform/put/put-condition.js';
import { ApiProblem } from '../problem/api-problems.js';
import { DOCUMENTED_TAGS_LENGTH, parseIfMatch } from './version-tag.js';

const EXISTS = 'The request has `If-None-Match: *`, and the resource exists';
const CHANGED = 'or it has `If-Match`, and the resource does not exist, or has changed since that version';

type Headers = Pick<FastifyRequest['headers'], 'if-match' | 'if-none-match'>;

const ConditionHeaders = createParamDecorator((versioned: boolean, context: ExecutionContext) =>
  putConditionOf(context.switchToHttp().getRequest<FastifyRequest>().headers, versioned),
);

/**
 * The condition of a PUT: `If-None-Match: *`, and `If-Match` if the resource has versions (RFC 9110 §13.1).
 * @throws {DomainError} invalid, naming the header
 * @public Unit tests use it.
 */
export function putConditionOf(headers: Headers, versioned: boolean): PutCondition {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*')
    throw invalidInput({ field: 'If-None-Match', message: 'must be *' });
  return {
    mustBeNew: ifNoneMatch !== undefined,
    mustExist: versioned && ifMatch !== undefined,
    version: versioned ? parseIfMatch(ifMatch) : Precondition.NONE,
  };
}

/** The condition of a PUT, read and documented. @param versioned whether the resource has a `version` */
export function PutConditions({ versioned }: { readonly versioned: boolean }): ParameterDecorator {
  return (target, method, index) => {
    if (method === undefined) throw new Error('PutConditions belongs to a parameter of a handler.');
    const descriptor = Object.getOwnPropertyDescriptor(target, method) as PropertyDescriptor;
    ConditionHeaders(versioned)(target, method, index);
    ApiProblem(412, versioned ? `${EXISTS}; ${CHANGED}.` : `${EXISTS}.`)(target, method, descriptor);
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: '`*`: the request only creates. If the resource exists, the response is 412.',
      example: '*',
      schema: { type: 'string', enum: ['*'] },
    })(target, method, descriptor);
    if (!versioned) return;
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        'The `ETag` from an earlier response, or the `version` in quotes. The request only replaces, and only if the resource still has ' +
        'that version. `*`: it only replaces.',
      example: '"1"',
      schema: { type: 'string', maxLength: DOCUMENTED_TAGS_LENGTH },
    })(target, method, descriptor);
  };
}
