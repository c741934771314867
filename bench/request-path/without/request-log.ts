import type * as original from '../../../src/http/observation/request-log.js';

export const logRequests: typeof original.logRequests = () => {};
