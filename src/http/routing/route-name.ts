import type { FastifyRequest } from 'fastify';

/**
 * The route of a request as the document writes it, `/event-invites/{invite_id}:accept`; null if the path has none.
 */
export function routeName(request: FastifyRequest): string | null {
  const { url } = request.routeOptions;
  if (url === undefined) return null;
  return url.replace(/(?<!:):(\w+)(?:\([^)]*\))?/g, '{$1}').replaceAll('::', ':');
}
