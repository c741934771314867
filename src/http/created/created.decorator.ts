import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, type ApiResponseOptions } from '@nestjs/swagger';
import { LocationInterceptor } from './location.interceptor.js';

/**
 * Documents the 201 of a POST to a collection, and gives it a `Location`. Write it below `@Idempotent`, so that the
 * response to a repeat has its `Location` too.
 * @param example the path of a created resource
 * @param collection the path below which the resource lies; absent: that of the request
 */
export function Created(example: string, response: ApiResponseOptions, collection?: string): MethodDecorator {
  return applyDecorators(
    UseInterceptors(new LocationInterceptor(collection)),
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
