import type * as original from '../../../src/rate-limit/limit-requests.js';

export const limitRequests: typeof original.limitRequests = () => {};
