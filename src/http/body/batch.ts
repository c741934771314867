import type { FastifyInstance } from 'fastify';

/** The operations of one request, which is one transaction. A client that has more sends several requests. */
export const MAX_BATCH_SIZE = 100;

/** Bytes. A hundred events, each with the longest description and a thousand attendees. */
export const BATCH_BODY_LIMIT = 4 * 1024 * 1024;

/** The field of a body that has the members of a batch. */
const BATCH_FIELD = 'requests';

const MEMBER_IN_PATH = new RegExp(`^${BATCH_FIELD}\\.(\\d+)(?=\\.|$)`);

/** A field path of a body, in which the member of a batch has brackets: `requests[3].title`. */
export function memberInPath(path: string): string {
  return path.replace(MEMBER_IN_PATH, `${BATCH_FIELD}[$1]`);
}

/** Lets the bodies of batches be larger than those of other requests. Must run before the routes are added. */
export function admitBatches(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (/:batch-\w+$/.test(route.url)) route.bodyLimit = BATCH_BODY_LIMIT;
  });
}
