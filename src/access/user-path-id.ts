import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { notFound } from '../errors/domain-error.js';
import { pathId } from '../http/fields/path-id.js';
import { MAX_ID } from '../platform/values/max-id.js';
import type { RequestWithActor } from './request-with-actor.js';

/** In place of an id: the user who sends the request. */
export const ME = 'me';

const NAME = 'user_id';

const UserId = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  userIdInPath(context.switchToHttp().getRequest<RequestWithActor>()),
);

/** @throws {DomainError} invalid; not-found `user_not_found`, for `me` of a caller that is not a user */
export function userIdInPath({ params, actor }: Pick<RequestWithActor, 'params' | 'actor'>): number {
  const { [NAME]: text = '' } = params as Readonly<Record<string, string>>;
  if (text !== ME) return pathId(NAME, text);
  if (actor?.kind !== 'user') throw notFound('user', ME);
  return actor.userId;
}

/** The user in the path under `user_id`, by the id or by `me`, checked and documented. */
export function UserPathId(): ParameterDecorator {
  return (target, method, index) => {
    if (method === undefined) throw new Error('UserPathId belongs to a parameter of a handler.');
    UserId()(target, method, index);
    ApiParam({
      name: NAME,
      description: 'The identity of the user; `me`: the user who sends the request.',
      schema: {
        oneOf: [
          { type: 'integer', minimum: 1, maximum: MAX_ID },
          { type: 'string', enum: [ME] },
        ],
        example: 1,
      },
    })(target, method, Object.getOwnPropertyDescriptor(target, method) as PropertyDescriptor);
  };
}
