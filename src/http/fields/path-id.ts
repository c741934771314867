import { type ArgumentMetadata, Injectable, Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { invalidInput } from '../../errors/domain-error.js';
import { MAX_ID } from '../../platform/values/max-id.js';
import { integerFault, integerOf } from './integer-field.js';

@Injectable()
class PathIdPipe implements PipeTransform<string, number> {
  transform(value: string, { data }: ArgumentMetadata): number {
    return pathId(data ?? 'id', value);
  }
}

/**
 * The identifier in a path.
 * @param name the parameter of the path
 * @throws {DomainError} invalid, naming the parameter
 */
export function pathId(name: string, text: string): number {
  const id = integerOf(text);
  const fault = integerFault(id, 1, MAX_ID);
  if (fault !== null) throw invalidInput({ field: name, message: fault });
  return id as number;
}

/**
 * The path of a resource by its id, or of an action on it: `:invite_id`, `:invite_id:accept`. The path without an action
 * matches no colon, so that a call of an action by another method is 405. The path of an action matches any text before
 * its last colon, so that `PathId` names an id that is none.
 */
export function idPath(name: string, action?: string): string {
  // In a path of Fastify, `::` is a literal colon.
  return action === undefined ? `:${name}(^[^:]+)` : `:${name}(^.+)::${action}`;
}

/** The identifier that stands in the path under `name`, checked and documented. */
export function PathId(name: string): ParameterDecorator {
  return (target, method, index) => {
    if (method === undefined) throw new Error('PathId belongs to a parameter of a handler.');
    Param(name, PathIdPipe)(target, method, index);
    ApiParam({
      name,
      description: `The identity of the ${name.replace(/_id$/, '').replaceAll('_', ' ')}.`,
      schema: { type: 'integer', minimum: 1, maximum: MAX_ID, example: 1 },
    })(target, method, Object.getOwnPropertyDescriptor(target, method) as PropertyDescriptor);
  };
}
