/** The files of prom-client that `prom-client.ts` and `process-metrics.ts` import; the package has types for its index alone. */
declare module 'prom-client/lib/counter.js' {
  export { Counter as default } from 'prom-client';
}
declare module 'prom-client/lib/gauge.js' {
  export { Gauge as default } from 'prom-client';
}
declare module 'prom-client/lib/histogram.js' {
  export { Histogram as default } from 'prom-client';
}
declare module 'prom-client/lib/registry.js' {
  export { Registry as default } from 'prom-client';
}
declare module 'prom-client/lib/metrics/*' {
  import type { Registry } from 'prom-client';

  /** Registers metrics of this process. */
  const register: (registry: Registry, options: { readonly eventLoopMonitoringPrecision: number }) => void;
  export default register;
}
