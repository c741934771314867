import type { FastifyInstance } from 'fastify';

/** The operations of one request, which is one transaction. A client that has more sends several requests. */
export const MAX_BATCH_SIZE = 100;

/** Bytes. A hundred events, each with the longest description and a thousand attendees. */
export const BATCH_BODY_LIMIT = 4 * 1024 * 1024;

/** The fields of bodies that have the members of a batch. */
const BATCH_FIELDS = '(requests|ids)';

const MEMBER_IN_PATH = new RegExp(`^${BATCH_FIELDS}\\.(\\d+)(?=\\.|$)`);

const NAMED_MEMBER = new RegExp(`^${BATCH_FIELDS}\\[(\\d+)\\]`);

/** A field path of a body, in which the member of a batch has brackets: `requests[3].title`. */
export function memberInPath(path: string): string {
  return path.replace(MEMBER_IN_PATH, '$1[$2]');
}

/** The place of the member that a field path such as `requests[3].title` names; null: it names none. */
export function placeOfMember(path: string): number | null {
  const place = NAMED_MEMBER.exec(path)?.at(-1);
  return place === undefined ? null : Number(place);
}

/** Lets the bodies of batches be larger than those of other requests. Must run before the routes are added. */
export function admitBatches(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (/:batch-\w+$/.test(route.url)) route.bodyLimit = BATCH_BODY_LIMIT;
  });
}
