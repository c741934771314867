import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, type ApiResponseOptions } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { PutResult } from '../../platform/put/put-condition.js';
import { EXTERNAL_ID_PARAM } from '../fields/external-id-in-path.js';
import { urlOf } from '../routing/public-url.js';
import { locationHeader } from './created.decorator.js';

/** Gives a created resource its 201 and its `Location`, and sends the value of the `PutResult` of the handler. */
@Injectable()
class PutResultInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<PutResult<unknown>>): Observable<unknown> {
    const http = context.switchToHttp();
    return next.handle().pipe(
      map(({ created, value }) => {
        if (created) {
          const location = canonicalUrlOf(http.getRequest<FastifyRequest>());
          void http.getResponse<FastifyReply>().status(201).header('location', location);
        }
        return value;
      }),
    );
  }
}

/** The URL of a request by external id. A client may have encoded the id in its own way. */
function canonicalUrlOf(request: FastifyRequest): string {
  const { [EXTERNAL_ID_PARAM]: externalId = '' } = request.params as Readonly<Record<string, string>>;
  const url = urlOf(request);
  return `${url.slice(0, url.lastIndexOf('/') + 1)}${encodeURIComponent(externalId)}`;
}

/**
 * Documents the responses of a PUT by external id, whose handler returns a `PutResult`.
 * @param example the path of a created resource
 */
export function CreatedOrReplaced(
  example: string,
  created: ApiResponseOptions,
  replaced: ApiResponseOptions,
): MethodDecorator {
  return applyDecorators(
    UseInterceptors(PutResultInterceptor),
    ApiOkResponse(replaced),
    ApiCreatedResponse({ ...created, headers: locationHeader(example) }),
  );
}
