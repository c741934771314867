import { describe, expect, jest, test } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { firstValueFrom, NEVER } from 'rxjs';
import {
  currentRequest,
  type RequestContext,
  withRequestId,
} from '../../platform/logging/request-context.js';
import { Deadline } from './deadline.js';
import { REQUEST_DEADLINE_MS, RequestDeadlineInterceptor } from './request-deadline.interceptor.js';

const LONGER_MS = 50_000;
const DETAIL = 'A part may be done.';

class Handlers {
  plain(): void {}

  @Deadline({ milliseconds: LONGER_MS, detail: DETAIL })
  slow(): void {}
}

function contextOf(name: keyof Handlers): ExecutionContext {
  return { getHandler: () => Handlers.prototype[name] } as unknown as ExecutionContext;
}

describe('the deadline of a request', () => {
  test.each<[string, ExecutionContext, number, string]>([
    ['all handlers', contextOf('plain'), REQUEST_DEADLINE_MS, 'The request took too long.'],
    ['one handler', contextOf('slow'), LONGER_MS, DETAIL],
  ])(
    '(%s) ends the wait for its handler, and cancels the work that goes on',
    async (_, execution, ms, detail) => {
      jest.useFakeTimers();
      try {
        const serving: { context: RequestContext | null; response: Promise<unknown> | null } = {
          context: null,
          response: null,
        };
        withRequestId('a', () => {
          serving.context = currentRequest();
          const handler = { handle: () => NEVER };
          const response = new RequestDeadlineInterceptor().intercept(execution, handler);
          serving.response = firstValueFrom(response).catch((error: unknown) => error);
        });
        jest.advanceTimersByTime(ms - 1);
        expect(serving.context?.cancelled).toBe(false);
        jest.advanceTimersByTime(1);
        expect(serving.context?.cancelled).toBe(true);
        expect(await serving.response).toMatchObject({ code: 'timed_out', detail });
      } finally {
        jest.useRealTimers();
      }
    },
  );
});
