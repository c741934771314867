import type { FastifyRequest } from 'fastify';

/** Every request needs the name of its route. There are as many as the service has routes. */
const names = new Map<string, string>();

/**
 * The route of a request as the document writes it, `/event-invites/{invite_id}:accept`; null if the path has none.
 */
export function routeName(request: FastifyRequest): string | null {
  const { url } = request.routeOptions;
  if (url === undefined) return null;
  const known = names.get(url);
  if (known !== undefined) return known;
  const name = url.replace(/(?<!:):(\w+)(?:\([^)]*\))?/g, '{$1}').replaceAll('::', ':');
  names.set(url, name);
  return name;
}
