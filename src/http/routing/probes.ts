import type { FastifyRequest } from 'fastify';

/** The paths of the health and the metrics of the service, which programs request every few seconds. */
export const PROBE_PATHS: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics']);

/** Whether a request is a probe. The service serves probes under any load and without a rate limit. */
export function isProbe(request: FastifyRequest): boolean {
  return PROBE_PATHS.has(request.routeOptions.url ?? '');
}
