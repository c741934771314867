import eventLoopLag from 'prom-client/lib/metrics/eventLoopLag.js';
import gc from 'prom-client/lib/metrics/gc.js';
import heapSizeAndUsed from 'prom-client/lib/metrics/heapSizeAndUsed.js';
import heapSpacesSizeAndUsed from 'prom-client/lib/metrics/heapSpacesSizeAndUsed.js';
import osMemoryHeap from 'prom-client/lib/metrics/osMemoryHeap.js';
import processHandles from 'prom-client/lib/metrics/processHandles.js';
import processMaxFileDescriptors from 'prom-client/lib/metrics/processMaxFileDescriptors.js';
import processOpenFileDescriptors from 'prom-client/lib/metrics/processOpenFileDescriptors.js';
import processRequests from 'prom-client/lib/metrics/processRequests.js';
import processResources from 'prom-client/lib/metrics/processResources.js';
import processStartTime from 'prom-client/lib/metrics/processStartTime.js';
import version from 'prom-client/lib/metrics/version.js';
import { Counter, type Registry } from './prom-client.js';

/** The default metrics of prom-client, except the processor time, whose file loads the API of OpenTelemetry. */
const DEFAULT_METRICS = [
  processStartTime,
  osMemoryHeap,
  processOpenFileDescriptors,
  processMaxFileDescriptors,
  eventLoopLag,
  processResources,
  processHandles,
  processRequests,
  heapSizeAndUsed,
  heapSpacesSizeAndUsed,
  version,
  gc,
];

/** Gauges whose names end like those of counters, which Prometheus's linter refuses. Each is the sum of another gauge. */
const MISNAMED_GAUGES = [
  'nodejs_active_resources_total',
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
];

/** Milliseconds. */
const EVENT_LOOP_PRECISION = 10;

const MICROSECONDS_PER_SECOND = 1e6;

/** Registers the metrics of Node.js and of the process: memory, event loop, garbage collection, processor time. */
export function registerProcessMetrics(registry: Registry): void {
  registerProcessorTime(registry);
  for (const register of DEFAULT_METRICS)
    register(registry, { eventLoopMonitoringPrecision: EVENT_LOOP_PRECISION });
  for (const name of MISNAMED_GAUGES) registry.removeSingleMetric(name);
}

/** Registers the metrics that every client of Prometheus has for the processor time since the start of the process. */
function registerProcessorTime(registry: Registry): void {
  const register = (name: string, help: string, microseconds: (usage: NodeJS.CpuUsage) => number): void => {
    registry.registerMetric(
      new Counter({
        name,
        help,
        registers: [],
        collect() {
          this.reset();
          this.inc(microseconds(process.cpuUsage()) / MICROSECONDS_PER_SECOND);
        },
      }),
    );
  };
  register('process_cpu_user_seconds_total', 'Total user CPU time spent in seconds.', ({ user }) => user);
  register(
    'process_cpu_system_seconds_total',
    'Total system CPU time spent in seconds.',
    ({ system }) => system,
  );
  register(
    'process_cpu_seconds_total',
    'Total user and system CPU time spent in seconds.',
    ({ user, system }) => user + system,
  );
}
