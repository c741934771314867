import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, type ApiResponseNoStatusOptions } from '@nestjs/swagger';
import { oneOf } from '../document/one-of.js';

type ResponseHeaders = NonNullable<ApiResponseNoStatusOptions['headers']>;

/** Documents a page of a list of elements of these types: a plain array, and the Link header that leads on. */
export function ApiPage(
  types: readonly Type[],
  description: string,
  headers: ResponseHeaders = {},
): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(...types),
    ApiOkResponse({
      description,
      schema: { type: 'array', items: itemsOf(types) },
      headers: {
        Link: {
          description:
            'The URL of the next page (RFC 8288, `rel="next"`): a path, or an absolute URL if the server has a ' +
            '`PUBLIC_URL`. The last page has no `Link`.',
          schema: { type: 'string', examples: ['</users/1/events?page_token=WzI1MF0>; rel="next"'] },
        },
        ...headers,
      },
    }),
  );
}

function itemsOf(types: readonly Type[]) {
  const schema = oneOf(...types);
  return schema.oneOf.length === 1 ? schema.oneOf[0] : schema;
}
