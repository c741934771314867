import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { versionTag } from './version-tag.js';

/** Gives a response that has a `version` its `ETag`; a read adds the digest of its body. */
@Injectable()
export class VersionTagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((body: { version?: unknown } | null | undefined) => {
        if (typeof body?.version === 'number') reply.header('etag', versionTag(body.version));
      }),
    );
  }
}
