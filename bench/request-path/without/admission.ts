import type * as original from '../../../src/http/load/admission.js';

export * from '../../../src/http/load/admission.js';

export const limitLoad: typeof original.limitLoad = () => {};
