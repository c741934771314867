import { describe, expect, jest, test } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { firstValueFrom, NEVER } from 'rxjs';
import {
  currentRequest,
  type RequestContext,
  withRequestId,
} from '../../platform/logging/request-context.js';
import { REQUEST_DEADLINE_MS, RequestDeadlineInterceptor } from './request-deadline.interceptor.js';

describe('the deadline of a request', () => {
  test('ends the wait for its handler, and cancels the work that goes on', async () => {
    jest.useFakeTimers();
    try {
      const serving: { context: RequestContext | null; response: Promise<unknown> | null } = {
        context: null,
        response: null,
      };
      withRequestId('a', () => {
        serving.context = currentRequest();
        const handler = { handle: () => NEVER };
        const response = new RequestDeadlineInterceptor().intercept({} as ExecutionContext, handler);
        serving.response = firstValueFrom(response).catch((error: { code: string }) => error.code);
      });
      jest.advanceTimersByTime(REQUEST_DEADLINE_MS - 1);
      expect(serving.context?.cancelled).toBe(false);
      jest.advanceTimersByTime(1);
      expect(serving.context?.cancelled).toBe(true);
      expect(await serving.response).toBe('timed_out');
    } finally {
      jest.useRealTimers();
    }
  });
});
