import { applyDecorators, type Type } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';

/** Documents a page of a list: a plain array, and the Link header that leads on. */
export function ApiPage(type: Type, description: string): MethodDecorator {
  return applyDecorators(
    ApiOkResponse({
      description,
      type: [type],
      headers: {
        Link: {
          description: 'Where the next page is (RFC 8288, `rel="next"`); absent on the last one.',
          schema: { type: 'string', examples: ['</users/1/events?page_token=WzI1MF0>; rel="next"'] },
        },
      },
    }),
  );
}
