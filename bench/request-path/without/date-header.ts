import type * as original from '../../../src/http/date-header.js';

export const dateResponses: typeof original.dateResponses = () => {};
