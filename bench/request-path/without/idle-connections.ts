import type * as original from '../../../src/http/load/idle-connections.js';

export const closeIdleConnections: typeof original.closeIdleConnections = () => {};
