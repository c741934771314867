import type * as original from '../../../src/http/allowed-methods.js';

export const refuseOtherMethods: typeof original.refuseOtherMethods = () => {};
