import type * as original from '../../../src/http/caching/http-cache.js';

export const tagResponses: typeof original.tagResponses = () => {};
