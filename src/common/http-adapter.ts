import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

/** The largest request, an event with a thousand invitees, is a few kilobytes. */
const BODY_LIMIT = 1024 * 1024;

/** The longest path parameter is an instant. */
const MAX_PARAM_LENGTH = 100;

export function httpAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    forceCloseConnections: 'idle',
    rewriteUrl: (request: { url?: string }) => unescapeColons(request.url ?? '/'),
  });
}

/** Some clients escape the colon of a path such as `/events:nearest-empty-time-interval`, though none has to. */
function unescapeColons(url: string): string {
  const [path, ...query] = url.split('?');
  return [path.replace(/%3A/gi, ':'), ...query].join('?');
}

/** Takes an empty body declared as JSON for none: generated clients send one to calls such as `:accept`. */
export function acceptEmptyJson(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'ignore');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, {});
    else void parse(request, String(body), done);
  });
}
