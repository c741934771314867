import type { FastifyInstance } from 'fastify';
import { ProblemException } from './problem/problem-exception.js';

/** The paths of the service, each with the methods that it has. */
class AllowedMethods {
  private readonly routes: { readonly segments: readonly RegExp[]; readonly method: string }[] = [];

  /** @param pattern as Fastify has it: `/event-invites/:invite_id(^.+)::accept` */
  add(pattern: string, method: string): void {
    this.routes.push({ segments: pattern.split('/').map(segmentPattern), method });
  }

  /** The methods of a path, in alphabetical order; none, if there is no such path. */
  of(path: string): string[] {
    const segments = path.split('/');
    const found = this.routes
      .filter((route) => route.segments.length === segments.length)
      .filter((route) => route.segments.every((pattern, index) => pattern.test(segments[index] ?? '')));
    return [...new Set(found.map(({ method }) => method))].toSorted();
  }
}

/** Responds with 405 and `Allow` for a path that has other methods. This includes routes that are declared afterwards. */
export function refuseOtherMethods(fastify: FastifyInstance): void {
  const allowed = new AllowedMethods();
  fastify.addHook('onRoute', ({ url, method }) => {
    // The route that serves preflights of every path.
    if (url.includes('*')) return;
    for (const one of [method].flat()) allowed.add(url, one);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const methods = request.is404 ? allowed.of(request.url.split('?', 1)[0] ?? '') : [];
    if (methods.length === 0) {
      done();
      return;
    }
    reply.header('allow', methods.join(', '));
    done(new ProblemException(405, 'method_not_allowed', `${request.method} is not a method of this path.`));
  });
}

/** A segment of a pattern, `:invite_id(^.+)::accept`, as an expression of its own: `^(?:.+):accept$`. */
function segmentPattern(segment: string): RegExp {
  const source = segment.replace(
    /::|:\w+(?:\(\^?([^)]*)\))?|[^:]+/g,
    (part: string, expression: string | undefined) => {
      if (part === '::') return ':';
      return part.startsWith(':') ? `(?:${expression ?? '.+'})` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    },
  );
  return new RegExp(`^${source}$`);
}
