import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { urlOf } from '../routing/public-url.js';

/** Names in `Location` the resource that the request created, by its `id`. */
@Injectable()
export class LocationInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<{ id: number }>): Observable<{ id: number }> {
    const http = context.switchToHttp();
    const url = urlOf(http.getRequest<FastifyRequest>());
    return next
      .handle()
      .pipe(tap(({ id }) => void http.getResponse<FastifyReply>().header('location', `${url}/${id}`)));
  }
}

/** Names in `Location` the resource that the request created, which lies elsewhere. */
export class LocationElsewhere implements NestInterceptor {
  constructor(private readonly pathOf: (body: Readonly<Record<string, unknown>>) => string) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { urlPrefix } = http.getRequest<FastifyRequest>().server;
    return next
      .handle()
      .pipe(
        tap(
          (body: Readonly<Record<string, unknown>>) =>
            void http.getResponse<FastifyReply>().header('location', `${urlPrefix}${this.pathOf(body)}`),
        ),
      );
  }
}
