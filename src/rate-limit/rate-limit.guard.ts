import { type ExecutionContext, Injectable } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { ActingRequest } from '../access/acting-request.js';

/** Counts requests by who makes them: the user of the token, or else the address (of IPv6, the /64 network). */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override async getTracker(request: ActingRequest): Promise<string> {
    const { actor } = request;
    return actor?.kind === 'user' ? `user ${actor.userId}` : super.getTracker(request);
  }

  /** All routes count together. */
  protected override generateKey(_: ExecutionContext, tracker: string): string {
    return tracker;
  }
}
