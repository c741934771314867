import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, type ApiResponseOptions } from '@nestjs/swagger';
import { LocationElsewhere, LocationInterceptor } from './location.interceptor.js';

/** The path of a created resource, from the response. */
type PathOfCreated = ConstructorParameters<typeof LocationElsewhere>[0];

/**
 * Documents the 201 of a POST to a collection, and gives it a `Location`. Write it below `@Idempotent`, so that the
 * response to a repeat has its `Location` too.
 * @param example the path of a created resource
 * @param pathOf the path of the resource of a response; absent: below that of the request, by its `id`
 */
export function Created(
  example: string,
  response: ApiResponseOptions,
  pathOf?: PathOfCreated,
): MethodDecorator {
  return applyDecorators(
    UseInterceptors(pathOf ? new LocationElsewhere(pathOf) : LocationInterceptor),
    ApiCreatedResponse({ ...response, headers: locationHeader(example) }),
  );
}

/** The documentation of `Location`. @param example the path of a created resource */
export function locationHeader(example: string): NonNullable<ApiResponseOptions['headers']> {
  return {
    Location: {
      description:
        'The URL of the created resource: a path, or an absolute URL if the server has a `PUBLIC_URL`.',
      schema: { type: 'string', format: 'uri-reference', examples: [example] },
    },
  };
}
