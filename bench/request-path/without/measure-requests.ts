import type * as original from '../../../src/metrics/measure-requests.js';

export const measureRequests: typeof original.measureRequests = () => {};
