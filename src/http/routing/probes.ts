import type { FastifyRequest } from 'fastify';

const PROBES = new Set(['/health/live', '/health/ready', '/metrics']);

/**
 * Whether a request asks for the health or the metrics of the service, as programs do every few seconds. The service
 * answers it under any load.
 */
export function isProbe(request: FastifyRequest): boolean {
  return PROBES.has(request.routeOptions.url ?? '');
}
