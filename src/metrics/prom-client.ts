/**
 * The parts of prom-client that the service uses, each from its own file. The index of the package loads the API of
 * OpenTelemetry, which the service loads only while tracing is on.
 */
export { default as Counter } from 'prom-client/lib/counter.js';
export { default as Gauge } from 'prom-client/lib/gauge.js';
export { default as Histogram } from 'prom-client/lib/histogram.js';
export { default as Registry } from 'prom-client/lib/registry.js';
