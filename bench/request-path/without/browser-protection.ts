import type * as original from '../../../src/http/browser-protection.js';

export const protectBrowsers: typeof original.protectBrowsers = async () => {};
