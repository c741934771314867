import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { finalize, type Observable } from 'rxjs';
import type { RequestWithActor } from '../../access/request-with-actor.js';
import { userIdInPath } from '../../access/user-path-id.js';
import { integerFault, integerOf } from '../../http/fields/integer-field.js';
import { MAX_ID } from '../../platform/values/max-id.js';
import { CalendarImport } from '../import/calendar-import.service.js';
import { ImportBodies } from './import-bodies.js';

/** Reads the body of an import once it is clear that its caller may import. Such a body is much larger than others. */
@Injectable()
export class ImportBodyInterceptor implements NestInterceptor {
  constructor(
    private readonly imports: CalendarImport,
    private readonly bodies: ImportBodies,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<RequestWithActor>();
    const { calendar_id: text } = request.query as { readonly calendar_id?: string };
    const id = integerOf(text);
    // The handler refuses a text that is no id.
    const calendarId = integerFault(id, 1, MAX_ID) === null ? (id as number) : null;
    await this.imports.importerOf({ userId: userIdInPath(request), calendarId });
    const release = await this.bodies.read(request, http.getResponse<FastifyReply>());
    return next.handle().pipe(finalize(release));
  }
}
