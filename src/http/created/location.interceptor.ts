import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { urlOf } from '../routing/public-url.js';

/** Names in `Location` the resource that the request created, by its `id`. */
@Injectable()
export class LocationInterceptor implements NestInterceptor {
  /** @param collection the path below which the resource lies; undefined: that of the request */
  constructor(private readonly collection?: string) {}

  intercept(context: ExecutionContext, next: CallHandler<{ id: number }>): Observable<{ id: number }> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const url =
      this.collection === undefined ? urlOf(request) : `${request.server.urlPrefix}${this.collection}`;
    return next
      .handle()
      .pipe(tap(({ id }) => void http.getResponse<FastifyReply>().header('location', `${url}/${id}`)));
  }
}
